//! Masking, which hides a client's payload from caches in between.

/// Masks `bytes`, or takes the mask off again: both are the same (RFC 6455 section 5.3).
pub fn mask(bytes: &mut [u8], key: [u8; 4]) {
    let [a, b, c, d] = key;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let (words, rest) = bytes.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(key.into_iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_masked_as_byte_by_byte() {
        let key = [0x37, 0xFA, 0x21, 0x3D];
        for length in 0..70 {
            let plain: Vec<u8> = (0..length).map(|i: u8| i.wrapping_mul(37)).collect();
            let expected: Vec<u8> = plain.iter().enumerate().map(|(i, byte)| byte ^ key[i % 4]).collect();
            let mut masked = plain.clone();
            mask(&mut masked, key);
            assert_eq!(masked, expected, "{length} bytes");
            mask(&mut masked, key);
            assert_eq!(masked, plain, "{length} bytes");
        }
    }
}
