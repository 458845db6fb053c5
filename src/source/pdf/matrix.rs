//! Transformations of the plane (8.3.4).

/// The six numbers of a transformation; points are rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Of six numbers; none where they are not six.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        numbers.try_into().ok().map(Matrix)
    }

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this one, then `after`.
    pub(super) fn then(self, after: Matrix) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, after.0);
        Matrix([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// By how much it enlarges an area.
    pub(super) fn area(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs()
    }

    /// The rectangle around a rectangle transformed: left, bottom, right, top.
    pub(super) fn around(self, [left, bottom, right, top]: [f64; 4]) -> [f64; 4] {
        let corners = [(left, bottom), (left, top), (right, bottom), (right, top)].map(|(x, y)| self.point(x, y));
        corners.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, b, r, t], &(x, y)| {
            [l.min(x), b.min(y), r.max(x), t.max(y)]
        })
    }
}
