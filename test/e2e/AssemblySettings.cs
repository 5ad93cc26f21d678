// The tests wait more than they compute.
[assembly: LevelOfParallelism(6)]
