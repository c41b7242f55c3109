// Tests of faults and of many processes want the machine to themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
