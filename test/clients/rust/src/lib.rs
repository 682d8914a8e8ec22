//! A client of allocman's wire (docs/wire.md): no std, no allocation, no dependency. Give it a [`Transport`], for instance a serial
//! line, and call the kernel on the other end in the shape of seL4's own invocations.
//!
//! A call that is refused is an [`Error`]; what its answer brought, a result or an error's details, is in [`Client::values`].
#![no_std]
#![forbid(unsafe_code)]

use core::fmt::{self, Write};

/// Longest line that is sent, and of which a part is kept that is received.
pub const LINE: usize = 512;
/// Most values of an answer that are kept.
pub const VALUES: usize = 32;

pub const READ: u8 = 2;
pub const WRITE: u8 = 1;
pub const ALL_RIGHTS: u8 = 15;

/// Where bytes go, and where they come from.
pub trait Transport {
    /// Writes all bytes; false if that cannot be done.
    fn write(&mut self, bytes: &[u8]) -> bool;
    /// Reads one byte; none at the end.
    fn read(&mut self) -> Option<u8>;
}

/// Why a request was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It was refused: 1 to 10 seL4's errors, 100 and more an allocator's, 200 and more the wire's own.
    Refused(u32),
    /// The connection is gone.
    Broken,
    /// The other end does not keep to the protocol, or the request is too long.
    Nonsense,
}

/// seL4's numbers of errors that a client meets often.
pub const FAILED_LOOKUP: Error = Error::Refused(6);
pub const DELETE_FIRST: Error = Error::Refused(8);
pub const MEMORY_FAULT: Error = Error::Refused(201);

/// A place for a capability.
#[derive(Clone, Copy)]
pub struct Path {
    pub root: u64,
    pub index: u64,
    pub depth: u32,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}:{}", self.root, self.index, self.depth)
    }
}

struct Rights(u8);

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 & 15 == 0 {
            return f.write_str("none");
        }
        for (bit, letter) in "wrgp".chars().enumerate() {
            if self.0 >> bit & 1 != 0 {
                f.write_char(letter)?;
            }
        }
        Ok(())
    }
}

/// An untyped that the boot left.
#[derive(Clone, Copy)]
pub struct Untyped {
    pub slot: u64,
    pub paddr: u64,
    pub size_bits: u32,
    pub device: bool,
}

struct Text {
    bytes: [u8; LINE],
    length: usize,
}

impl Write for Text {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let end = self.length + s.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(s.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// A client on one connection.
pub struct Client<T: Transport> {
    transport: T,
    id: u64,
    line: [u8; LINE],
    length: usize,
    values: [u64; VALUES],
    count: usize,
}

fn number(word: &str) -> Option<u64> {
    match word.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => word.parse().ok(),
    }
}

impl<T: Transport> Client<T> {
    pub fn new(transport: T) -> Self {
        Client { transport, id: 0, line: [0; LINE], length: 0, values: [0; VALUES], count: 0 }
    }

    /// The values of the last answer that are numbers; words are 0.
    pub fn values(&self) -> &[u64] {
        &self.values[..self.count]
    }

    /// The last answer, cut off if it was too long.
    pub fn line(&self) -> &str {
        core::str::from_utf8(&self.line[..self.length]).unwrap_or("")
    }

    /// Asks anything that docs/wire.md has.
    pub fn ask(&mut self, request: fmt::Arguments<'_>) -> Result<(), Error> {
        self.id += 1;
        let mut text = Text { bytes: [0; LINE], length: 0 };
        writeln!(text, "{} {}", self.id, request).map_err(|_| Error::Nonsense)?;
        if !self.transport.write(&text.bytes[..text.length]) {
            return Err(Error::Broken);
        }
        self.length = 0;
        loop {
            match self.transport.read().ok_or(Error::Broken)? {
                b'\n' => break,
                byte if self.length < LINE && byte.is_ascii() => {
                    self.line[self.length] = byte;
                    self.length += 1;
                }
                _ => {}
            }
        }
        self.parse()
    }

    fn parse(&mut self) -> Result<(), Error> {
        self.count = 0;
        let line = core::str::from_utf8(&self.line[..self.length]).map_err(|_| Error::Nonsense)?;
        let mut words = line.split('#').next().unwrap_or("").split_ascii_whitespace();
        if words.next().and_then(number) != Some(self.id) {
            return Err(Error::Nonsense);
        }
        let result = match words.next() {
            Some("ok") => Ok(()),
            Some("error") => {
                let code = words.next().and_then(number).ok_or(Error::Nonsense)?;
                words.next().ok_or(Error::Nonsense)?;
                Err(Error::Refused(code as u32))
            }
            _ => return Err(Error::Nonsense),
        };
        for word in words.take(VALUES) {
            self.values[self.count] = number(word).unwrap_or(0);
            self.count += 1;
        }
        result
    }

    fn value(&self) -> Result<u64, Error> {
        self.values().first().copied().ok_or(Error::Nonsense)
    }

    /// Boots a machine; gives the first empty slot and the number of untypeds.
    pub fn boot(&mut self, which: &str) -> Result<(u64, u64), Error> {
        self.ask(format_args!("hello 1"))?;
        if self.value()? != 1 {
            return Err(Error::Nonsense);
        }
        self.ask(format_args!("boot {which}"))?;
        self.ask(format_args!("boot-info"))?;
        let (first, end) = (self.behind("untypeds", 0)?, self.behind("untypeds", 1)?);
        Ok((self.behind("empty", 0)?, end.wrapping_sub(first)))
    }

    /// A number behind a word of the last answer: of `boot-info`.
    pub fn behind(&self, word: &str, nth: usize) -> Result<u64, Error> {
        let mut words = self.line().split_ascii_whitespace().skip_while(|w| *w != word);
        words.nth(nth + 1).and_then(number).ok_or(Error::Nonsense)
    }

    pub fn untyped(&mut self, n: u64) -> Result<Untyped, Error> {
        self.ask(format_args!("boot-untyped {n}"))?;
        let device = self.line().split_ascii_whitespace().any(|w| w == "device");
        match *self.values() {
            [slot, paddr, bits, ..] => Ok(Untyped { slot, paddr, size_bits: bits as u32, device }),
            _ => Err(Error::Nonsense),
        }
    }

    pub fn retype(&mut self, untyped: u64, kind: u32, size: u32, node: Path, offset: u64, count: u32) -> Result<(), Error> {
        self.ask(format_args!("retype {untyped} {kind} {size} -> {node}/{offset} count {count}"))
    }

    pub fn copy(&mut self, to: Path, from: Path, rights: u8) -> Result<(), Error> {
        self.ask(format_args!("copy {from} -> {to} rights {}", Rights(rights)))
    }

    pub fn mint(&mut self, to: Path, from: Path, rights: u8, badge: u64) -> Result<(), Error> {
        self.ask(format_args!("mint {from} -> {to} rights {} badge {badge}", Rights(rights)))
    }

    pub fn move_to(&mut self, to: Path, from: Path) -> Result<(), Error> {
        self.ask(format_args!("move {from} -> {to}"))
    }

    pub fn delete(&mut self, at: Path) -> Result<(), Error> {
        self.ask(format_args!("delete {at}"))
    }

    pub fn revoke(&mut self, at: Path) -> Result<(), Error> {
        self.ask(format_args!("revoke {at}"))
    }

    pub fn page_map(&mut self, frame: u64, vspace: u64, vaddr: u64, rights: u8, attributes: u64) -> Result<(), Error> {
        self.ask(format_args!(
            "map-page {frame} at {vaddr} in {vspace} rights {} attributes {attributes}",
            Rights(rights)
        ))
    }

    pub fn page_unmap(&mut self, frame: u64) -> Result<(), Error> {
        self.ask(format_args!("unmap-page {frame}"))
    }

    pub fn page_address(&mut self, frame: u64) -> Result<u64, Error> {
        self.ask(format_args!("address {frame}"))?;
        self.value()
    }

    pub fn table_map(&mut self, table: u64, vspace: u64, vaddr: u64, attributes: u64) -> Result<(), Error> {
        self.ask(format_args!("map-table {table} at {vaddr} in {vspace} attributes {attributes}"))
    }

    pub fn load64(&mut self, vaddr: u64) -> Result<u64, Error> {
        self.ask(format_args!("load64 {vaddr}"))?;
        self.value()
    }

    pub fn store64(&mut self, vaddr: u64, value: u64) -> Result<(), Error> {
        self.ask(format_args!("store64 {vaddr} value {value}"))
    }
}
