//! Boots a board, retypes, maps, handles refusals: `board COMMAND ...`
use allocman_wire::{Client, Error, Path, Transport, ALL_RIGHTS, DELETE_FIRST, FAILED_LOOKUP, MEMORY_FAULT, READ, WRITE};
use std::io::{BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

const ENDPOINT: u32 = 2;
const PAGE: u32 = 6;
const TABLE: u32 = 8;
const VSPACE: u64 = 3;
/// The root CNode itself, as a destination.
const NODE: Path = Path { root: 2, index: 0, depth: 0 };

struct Pipes(BufReader<ChildStdout>, ChildStdin);

impl Transport for Pipes {
    fn write(&mut self, bytes: &[u8]) -> bool {
        self.1.write_all(bytes).and_then(|()| self.1.flush()).is_ok()
    }

    fn read(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.0.read_exact(&mut byte).ok().map(|()| byte[0])
    }
}

fn at(slot: u64) -> Path {
    Path { root: 2, index: slot, depth: 64 }
}

fn main() -> Result<(), Error> {
    let command: Vec<String> = std::env::args().skip(1).collect();
    let mut server = Command::new(&command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let pipes = Pipes(BufReader::new(server.stdout.take().unwrap()), server.stdin.take().unwrap());
    let mut m = Client::new(pipes);

    let (empty, untypeds) = m.boot("tiny as riscv64 bare")?;
    let vaddr = m.behind("free-from", 0)?;
    let mut chosen = None;
    for n in 0..untypeds {
        let untyped = m.untyped(n)?;
        if !untyped.device && untyped.size_bits >= 16 {
            chosen = Some(untyped);
            break;
        }
    }
    let untyped = chosen.expect("a normal untyped of 64 KiB");
    println!("{untypeds} untypeds, one of 2^{} bytes at {:#x}", untyped.size_bits, untyped.paddr);

    m.retype(untyped.slot, ENDPOINT, 0, NODE, empty, 1)?;
    m.copy(at(empty + 1), at(empty), READ)?;
    assert_eq!(m.copy(at(empty + 1), at(empty), ALL_RIGHTS), Err(DELETE_FIRST));
    println!("refused, as it should be: {}", m.line());

    let (frame, mut table) = (empty + 2, empty + 3);
    m.retype(untyped.slot, PAGE, 0, NODE, frame, 1)?;
    assert_eq!(m.page_address(frame)? % 4096, 0);
    loop {
        match m.page_map(frame, VSPACE, vaddr, READ | WRITE, 0) {
            Ok(()) => break,
            Err(FAILED_LOOKUP) => {
                println!("a table is missing, {} bits left", m.values()[2]);
                m.retype(untyped.slot, TABLE, 0, NODE, table, 1)?;
                m.table_map(table, VSPACE, vaddr, 0)?;
                table += 1;
            }
            Err(error) => return Err(error),
        }
    }
    m.store64(vaddr + 8, 0x1122_3344_5566_7788)?;
    assert_eq!(m.load64(vaddr + 8)?, 0x1122_3344_5566_7788);
    m.revoke(at(untyped.slot))?;
    assert_eq!(m.load64(vaddr + 8), Err(MEMORY_FAULT));
    m.retype(untyped.slot, 0, untyped.size_bits, NODE, empty, 1)?;
    drop(m);
    server.wait().expect("the server ends with its input");
    println!("all is well");
    Ok(())
}
