// Published trimmed and self-contained, then run: what works here works in a trimmed service. Each check goes through one package by its public API.
using TrimmedSmoke;

(string Name, Func<Task> Check)[] checks =
[
    ("compact JWS, PS256 and ES256", JoseCheck.RunAsync),
    ("scope decision over raw FHIR JSON", ScopeCheck.RunAsync),
    ("UAF registration by the software authenticator", UafCheck.RunAsync),
    ("every promise of the store's contract on SQLite", StorageCheck.RunAsync),
    ("a patient's OP over HTTP", RoofCheck.RunAsync),
];

var failed = 0;
foreach (var (name, check) in checks)
{
    try
    {
        await check();
        Console.WriteLine($"ok      {name}");
    }
    catch (Exception broken)
    {
        failed++;
        Console.WriteLine($"FAILED  {name}: {broken}");
    }
}

Console.WriteLine(failed == 0 ? $"{checks.Length} checks passed" : $"{failed} of {checks.Length} checks failed");
return failed == 0 ? 0 : 1;
