//! daachorse, characterwise, as a peer of bench/recognise.mjs: `daachorse-peer TERMS TEXT`, both UTF-8, the terms one a line.
//! Prints a line of JSON when the automaton is made, and one for each line on stdin: a scan of the whole text for all
//! overlapping hits, as a number of them and a sum over (end in bytes, term) that does not depend on their order.
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::io::{self, BufRead, Write};
use std::time::Instant;
use std::{env, fs};

fn ms_since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn main() {
    let files: Vec<String> = env::args().skip(1).collect();
    let terms = fs::read_to_string(&files[0]).expect("the terms");
    let text = fs::read_to_string(&files[1]).expect("the text");

    let lines: Vec<(&str, u32)> = terms.lines().zip(0..).collect();
    let began = Instant::now();
    let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::with_values(lines).expect("an automaton");
    let build_ms = ms_since(began);
    let bytes = automaton.heap_bytes();
    let mut out = io::stdout();
    writeln!(out, "{{\"version\":\"1.0.1, characterwise\",\"buildMs\":{build_ms:.1},\"bytes\":{bytes}}}").unwrap();

    for _ in io::stdin().lock().lines() {
        let (mut count, mut sum) = (0u64, 0u32);
        let began = Instant::now();
        for found in automaton.find_overlapping_iter(&text) {
            count += 1;
            let mixed = (found.end() as u32).wrapping_mul(31) ^ found.value();
            sum = sum.wrapping_add(mixed.wrapping_mul(0x85eb_ca6b));
        }
        let ms = ms_since(began);
        writeln!(out, "{{\"ms\":{ms:.3},\"count\":{count},\"sum\":{}}}", sum as i32).unwrap();
    }
}
