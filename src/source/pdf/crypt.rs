//! Files encrypted with an empty user password, as those are that only forbid printing or copying (7.6).

use super::object::{Dictionary, Object};
use aes::{
    Aes128, Aes256, Block,
    cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit},
};
use md5::Md5;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// What stands for the part that a password leaves empty (7.6.4.3.2).
const PADDING: [u8; 32] = *b"\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A";

/// By what a string or stream is encrypted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Method {
    Identity,
    Rc4,
    Aes128,
    Aes256,
}

/// What decrypts a file.
#[derive(Debug)]
pub(super) struct Crypt {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
}

impl Crypt {
    /// From the encryption dictionary and the first part of the file's identifier. None where the empty password does
    /// not open the file, or where it is encrypted in a way of its own.
    pub(super) fn new(encrypt: &Dictionary, id: &[u8]) -> Option<Self> {
        if !encrypt.is("Filter", "Standard") {
            return None;
        }
        let integer = |name| encrypt.get(name).and_then(Object::integer);
        let version = integer("V").unwrap_or(0);
        let revision = integer("R")?;
        let (strings, streams) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(encrypt, "StrF"), method(encrypt, "StmF")),
            _ => return None,
        };
        let key = if revision >= 5 { new_key(encrypt, revision)? } else { old_key(encrypt, id, version, revision)? };
        Some(Crypt { key, strings, streams })
    }

    pub(super) fn string(&self, id: u32, generation: u16, bytes: &[u8]) -> Vec<u8> {
        self.decrypt(self.strings, id, generation, bytes)
    }

    pub(super) fn stream(&self, id: u32, generation: u16, bytes: &[u8]) -> Vec<u8> {
        self.decrypt(self.streams, id, generation, bytes)
    }

    fn decrypt(&self, method: Method, id: u32, generation: u16, bytes: &[u8]) -> Vec<u8> {
        match method {
            Method::Identity => bytes.to_vec(),
            Method::Rc4 => rc4(&self.object_key(id, generation, b""), bytes),
            Method::Aes128 => Aes128::new_from_slice(&self.object_key(id, generation, b"sAlT"))
                .map(|cipher| unchain(&cipher, bytes))
                .unwrap_or_default(),
            Method::Aes256 => Aes256::new_from_slice(&self.key).map(|c| unchain(&c, bytes)).unwrap_or_default(),
        }
    }

    fn object_key(&self, id: u32, generation: u16, salt: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(&id.to_le_bytes()[..3]);
        hash.update(generation.to_le_bytes());
        hash.update(salt);
        let length = (self.key.len() + 5).min(16);
        hash.finalize()[..length].to_vec()
    }
}

/// The method of the crypt filter that `StmF` or `StrF` names.
fn method(encrypt: &Dictionary, of: &str) -> Method {
    let filter = encrypt.get(of).and_then(Object::name).and_then(|name| {
        encrypt.get("CF").and_then(Object::dictionary)?.get_bytes(name)?.dictionary()?.get("CFM")?.name()
    });
    match filter {
        Some(b"V2") => Method::Rc4,
        Some(b"AESV2") => Method::Aes128,
        Some(b"AESV3") => Method::Aes256,
        _ => Method::Identity,
    }
}

/// The key of revisions 2 to 4 (7.6.4.3.2), if the empty password is right (7.6.4.4.2, 7.6.4.4.3).
fn old_key(encrypt: &Dictionary, id: &[u8], version: i64, revision: i64) -> Option<Vec<u8>> {
    let bits = encrypt.get("Length").and_then(Object::integer).unwrap_or(if version == 4 { 128 } else { 40 });
    let length = if version == 1 { 5 } else { usize::try_from(bits / 8).ok()?.clamp(5, 16) };
    let permissions = encrypt.get("P").and_then(Object::integer)? as u32;
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(encrypt.get("O")?.string()?.get(..32)?);
    hash.update(permissions.to_le_bytes());
    hash.update(id);
    if revision >= 4 && encrypt.get("EncryptMetadata") == Some(&Object::Boolean(false)) {
        hash.update([0xff; 4]);
    }
    let mut key = hash.finalize()[..length].to_vec();
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key)[..length].to_vec();
        }
    }
    let stated = encrypt.get("U")?.string()?;
    let right = if revision == 2 {
        rc4(&key, &PADDING) == stated
    } else {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(id);
        let mut check = hash.finalize().to_vec();
        for round in 0..20_u8 {
            let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            check = rc4(&turned, &check);
        }
        stated.starts_with(&check)
    };
    right.then_some(key)
}

/// The key of revisions 5 and 6 (7.6.4.3.3), if the empty password is right.
fn new_key(encrypt: &Dictionary, revision: i64) -> Option<Vec<u8>> {
    let user = encrypt.get("U")?.string()?.get(..48)?;
    let hash = |salt: &[u8]| if revision == 5 { Sha256::digest(salt).to_vec() } else { hardened(salt) };
    if hash(&user[32..40]) != user[..32] {
        return None;
    }
    let cipher = Aes256::new_from_slice(&hash(&user[40..48])).ok()?;
    let mut sealed = vec![0; 16];
    sealed.extend(encrypt.get("UE")?.string()?.get(..32)?);
    Some(chained(&cipher, &sealed))
}

/// Algorithm 2.B (7.6.4.3.4) of the empty password.
fn hardened(salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    let mut round = 0;
    loop {
        let mut data = key.repeat(64);
        let Ok(cipher) = Aes128::new_from_slice(&key[..16]) else { return key };
        let mut before = [0; 16];
        before.copy_from_slice(&key[16..32]);
        for part in data.chunks_exact_mut(16) {
            let mut block = Block::default();
            for at in 0..16 {
                block[at] = part[at] ^ before[at];
            }
            cipher.encrypt_block(&mut block);
            part.copy_from_slice(&block);
            before.copy_from_slice(&block);
        }
        key = match data[..16].iter().map(|&byte| u32::from(byte)).sum::<u32>() % 3 {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        round += 1;
        if round >= 64 && data.last().is_some_and(|&last| i32::from(last) <= round - 32) {
            key.truncate(32);
            return key;
        }
    }
}

/// Undoes block chaining; the first block of `bytes` is the vector that it began with.
fn chained(cipher: &impl BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let blocks: Vec<&[u8]> = bytes.chunks_exact(16).collect();
    for pair in blocks.windows(2) {
        let mut block = Block::default();
        block.copy_from_slice(pair[1]);
        cipher.decrypt_block(&mut block);
        out.extend(block.iter().zip(pair[0]).map(|(a, b)| a ^ b));
    }
    out
}

/// The same, without the padding at the end.
fn unchain(cipher: &impl BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>, bytes: &[u8]) -> Vec<u8> {
    let mut out = chained(cipher, bytes);
    if let Some(&padding @ 1..=16) = out.last() {
        out.truncate(out.len() - usize::from(padding));
    }
    out
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|at| at as u8);
    let mut other = 0_u8;
    for at in 0..256 {
        other = other.wrapping_add(state[at]).wrapping_add(key[at % key.len()]);
        state.swap(at, usize::from(other));
    }
    let (mut at, mut other) = (0_u8, 0_u8);
    bytes
        .iter()
        .map(|byte| {
            at = at.wrapping_add(1);
            other = other.wrapping_add(state[usize::from(at)]);
            state.swap(usize::from(at), usize::from(other));
            byte ^ state[usize::from(state[usize::from(at)].wrapping_add(state[usize::from(other)]))]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_as_published() {
        // RFC 6229 begins with this key; the words are the usual example.
        assert_eq!(rc4(b"Key", b"Plaintext"), [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
    }

    #[test]
    fn a_wrong_password_opens_nothing() {
        let encrypt = Dictionary(vec![
            (b"Filter".to_vec(), Object::Name(b"Standard".to_vec())),
            (b"V".to_vec(), Object::Integer(2)),
            (b"R".to_vec(), Object::Integer(3)),
            (b"P".to_vec(), Object::Integer(-4)),
            (b"O".to_vec(), Object::String(vec![1; 32])),
            (b"U".to_vec(), Object::String(vec![2; 32])),
        ]);
        assert!(Crypt::new(&encrypt, b"id").is_none());
        assert!(Crypt::new(&Dictionary::default(), b"").is_none());
    }
}
