use tests::by_hand::{BatchJob, JobType};

fn main() {
    let job = BatchJob::new("cfg-1", JobType::ParseV2);
    match job.type_ {
        JobType::ParseV2 => println!("parse"),
        JobType::ExtractV2 => println!("extract"),
        JobType::UnknownValue(other) => println!("{other}"),
    }
}
