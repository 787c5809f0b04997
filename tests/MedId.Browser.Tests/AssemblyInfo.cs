// A browser and four servers at a time are enough for a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
