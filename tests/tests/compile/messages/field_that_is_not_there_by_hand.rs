use tests::by_hand::{BatchJob, JobType};

fn main() {
    let job = BatchJob::new("cfg-1", JobType::ParseV2);
    println!("{}", job.kind);
}
