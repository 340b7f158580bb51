//! Each target on mutations of its seeds, the same ones each time: as many of each seed as the environment's `ROUNDS` says.

use fuzz::TARGETS;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

#[test]
fn mutated_seeds() {
    let rounds = std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    for target in TARGETS {
        let mut random = StdRng::seed_from_u64(7);
        for seed in target.seeds {
            (target.run)(seed);
            for _ in 0..rounds {
                (target.run)(&mutated(seed, &mut random));
            }
        }
    }
}

/// What opens something, so often that whoever goes down one step for each ends at the end of the stack, which is as
/// large as that of the threads that users run on.
#[test]
fn deep_nestings() {
    std::thread::Builder::new().stack_size(16 << 20).spawn(nest_deeply).unwrap().join().unwrap();
}

fn nest_deeply() {
    const OPENINGS: &str = "(~[~{~((~[[~!~-~- ~1+~/~`~a ~a.~a/~a[~a(~a>~a|~a::~a&&~&a(~@{~?(~(?:~[^~x?~x?x:~x ? x : ~x=~x->~(int)~\"${~$$${\
        ~not ~not(~:not(~<a>~<!--[if IE]>~${~${__eval(~$[?(~$..a[?(@.b == ~{a:~{->~new A(~return ~do ~try{~else ~for(;;)~if(1)~if (1) \
        ~function(){~if (a) then ~for $i in ";
    for target in TARGETS {
        for opening in OPENINGS.split('~') {
            for tail in ["", "\n<a/>", "\n{}"] {
                (target.run)(format!("{}{tail}", opening.repeat(5_000)).as_bytes());
            }
        }
    }
}

/// Some bytes changed, left out, doubled or moved.
fn mutated(seed: &[u8], random: &mut StdRng) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..random.random_range(1..6) {
        if data.is_empty() {
            return data;
        }
        let at = random.random_range(0..data.len());
        let end = (at + random.random_range(1..16)).min(data.len());
        match random.random_range(0..6) {
            0 => data[at] = random.random(),
            1 => data[at] ^= 1 << random.random_range(0..8),
            2 => drop(data.drain(at..end)),
            3 => {
                let piece = data[at..end].to_vec();
                data.splice(at..at, piece);
            }
            4 => data.truncate(at),
            _ => data
                .insert(at, *b"${}()\\,<>&\"'\r\n\0 [].*?:;=/-\xff".get(random.random_range(0..30)).unwrap_or(&b'x')),
        }
    }
    data
}
