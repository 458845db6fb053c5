//! Numbers as Vietnamese writes them: dot for thousands, comma for decimals.
