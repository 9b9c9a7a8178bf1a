//! Brakes on guessing: failed attempts are counted by account and by address, in the database, so that every node knows
//! of them.

use sha2::{Digest, Sha256};
use store::{Result, Time, Tx, params, sql, text_enum};

text_enum! {
    /// What is counted.
    pub enum Brake {
        /// Sign-in attempts on one account.
        Account = "account",
        /// Sign-in attempts from one address.
        Address = "address",
        /// Mails to one account.
        MailAccount = "mail-account",
        /// Mails asked for from one address.
        MailAddress = "mail-address",
        /// Links and codes tried from one address.
        TokenAddress = "token-address",
    }
}

/// How many attempts are free before the first wait, and how long waits may get, in seconds.
struct Limits {
    free: i64,
    wait_first_seconds: i64,
    wait_max_seconds: i64,
    /// After so long without an attempt the count begins again.
    forget_seconds: i64,
}

impl Brake {
    /// Many people share the address of a school, so an address may fail much more often than an account.
    const fn limits(self) -> Limits {
        match self {
            Self::Account => Limits { free: 5, wait_first_seconds: 30, wait_max_seconds: 900, forget_seconds: 3_600 },
            Self::Address => Limits { free: 300, wait_first_seconds: 30, wait_max_seconds: 900, forget_seconds: 3_600 },
            Self::MailAccount => {
                Limits { free: 3, wait_first_seconds: 300, wait_max_seconds: 3_600, forget_seconds: 14_400 }
            }
            Self::MailAddress => {
                Limits { free: 30, wait_first_seconds: 60, wait_max_seconds: 3_600, forget_seconds: 3_600 }
            }
            Self::TokenAddress => {
                Limits { free: 30, wait_first_seconds: 30, wait_max_seconds: 900, forget_seconds: 3_600 }
            }
        }
    }

    /// How long to wait after that many attempts, in seconds: nothing while some are free, then doubling.
    pub const fn wait_seconds(self, count: i64) -> i64 {
        let limits = self.limits();
        if count < limits.free {
            return 0;
        }
        let doublings = if count - limits.free > 20 { 20 } else { count - limits.free };
        let wait = limits.wait_first_seconds << doublings;
        if wait < limits.wait_max_seconds { wait } else { limits.wait_max_seconds }
    }
}

fn key(of: &str) -> [u8; 32] {
    Sha256::digest(of.to_lowercase().as_bytes()).into()
}

/// Counts an attempt before it is made, so that many at once are counted too. Answers until when to wait instead, where
/// a brake is on; the attempt is then not to be made, and is not counted.
pub fn attempt(tx: &mut Tx<'_>, brakes: &[(Brake, &str)]) -> Result<Option<Time>> {
    let now = tx.now();
    for (brake, of) in brakes {
        let wait: Option<Time> = tx
            .maybe::<(Time,)>(
                sql!("select wait_until from throttle where kind = ?1 and key = ?2 and wait_until > ?3 for update"),
                params![*brake, key(of), now],
            )?
            .map(|(until,)| until);
        if wait.is_some() {
            return Ok(wait);
        }
    }
    for (brake, of) in brakes {
        let forget = now.plus_seconds(-brake.limits().forget_seconds);
        let count: i64 = tx.value(
            sql!(
                "insert into throttle (kind, key, count, last_at, wait_until) values (?1, ?2, 1, ?3, ?3)
                 on conflict (kind, key) do update set last_at = excluded.last_at,
                     count = case when throttle.last_at < ?4 then 1 else throttle.count + 1 end
                 returning count"
            ),
            params![*brake, key(of), now, forget],
        )?;
        let wait = brake.wait_seconds(count);
        if wait > 0 {
            tx.execute(
                sql!("update throttle set wait_until = ?3 where kind = ?1 and key = ?2"),
                params![*brake, key(of), now.plus_seconds(wait)],
            )?;
        }
    }
    Ok(None)
}

/// Takes a brake off, after an attempt that was right.
pub fn release(tx: &mut Tx<'_>, brake: Brake, of: &str) -> Result<()> {
    tx.execute(sql!("delete from throttle where kind = ?1 and key = ?2"), params![brake, key(of)])?;
    Ok(())
}

/// Takes one attempt back, after one that was right: a school signs in from one address each morning. A wait that other
/// attempts have earned stays.
pub fn give_back(tx: &mut Tx<'_>, brake: Brake, of: &str) -> Result<()> {
    tx.execute(
        sql!(
            "update throttle set count = count - 1,
                 wait_until = case when count - 1 < ?3 then last_at else wait_until end
             where kind = ?1 and key = ?2 and count > 0"
        ),
        params![brake, key(of), brake.limits().free],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit() {
        let waits: Vec<i64> = (1..=11).map(|count| Brake::Account.wait_seconds(count)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(Brake::Account.wait_seconds(i64::MAX), 900);
    }

    #[store::test]
    async fn a_brake_is_on_until_its_time_and_forgets(db: store::Db) {
        let start = db.clock().now();
        let attempt = |db: store::Db| async move {
            db.write(|tx| attempt(tx, &[(Brake::Account, "Ana@uni.example"), (Brake::Address, "192.0.2.1")]))
                .await
                .unwrap()
        };
        for _ in 0..5 {
            assert_eq!(attempt(db.clone()).await, None);
        }
        assert_eq!(attempt(db.clone()).await, Some(start.plus_seconds(30)));
        db.clock().set(start.plus_seconds(30));
        assert_eq!(attempt(db.clone()).await, None);
        assert_eq!(attempt(db.clone()).await, Some(start.plus_seconds(90)));
        db.write(|tx| release(tx, Brake::Account, "ana@uni.example")).await.unwrap();
        assert_eq!(attempt(db.clone()).await, None);
        db.clock().set(start.plus_seconds(10_000));
        for _ in 0..5 {
            assert_eq!(attempt(db.clone()).await, None);
        }
    }
}
