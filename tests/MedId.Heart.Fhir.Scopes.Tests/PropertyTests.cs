namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>What has to hold for any scopes and any resource; seeded, so that a failure can be run again.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Types = ["Observation", "Condition", "Patient", "Practitioner", "*"];
    private static readonly string[] Access = ["read", "write", "*", "r", "s", "rs", "c", "cu", "cruds", "u", "d", "sr", "read-only"];
    private static readonly string[] Constraints = ["", "", "?status=final", "?status=final,amended", "?code=1&status=final", "?_tag=a"];
    private static readonly string[] Others = ["openid", "conf/R", "conf/V", "sens/HIV", "sens/PSY", "btg", "patient/Nothing.rs"];
    private static readonly string[] Lines = ["GET T/x", "GET T", "POST T", "PUT T/x", "DELETE T/x", "GET T/x/_history", "GET T/_history"];

    [Fact]
    public void Narrow_AnySets_NarrowingNeverPermitsWhatTheWiderSetRefuses()
    {
        var random = new Random(20261121);
        var (narrowings, permits) = (0, 0);
        for (var round = 0; round < 40000; round++)
        {
            var (granted, chosen) = (Scopes(random, 5), Scopes(random, 2));
            if (!Fhir.Scopes(granted).Narrow(Fhir.Scopes(chosen)).Succeeded)
            {
                continue;
            }

            narrowings++;
            for (var request = 0; request < 30; request++)
            {
                var (line, image, context) = (Line(random), Image(random), Context(random));
                var narrow = Decide(chosen, line, image, context);
                if (narrow.Outcome is ScopeOutcome.Permit or ScopeOutcome.Filter)
                {
                    permits++;
                    Assert.False(Decide(granted, line, image, context).IsDenied, $"round {round}: '{chosen}' permits {line} and '{granted}' does not");
                }
            }
        }

        Assert.InRange(narrowings, 500, 20000);
        Assert.InRange(permits, 200, 600000);
    }

    [Fact]
    public void Decide_AnyScopes_NeverPermitsWhatNoScopeNames()
    {
        var random = new Random(20261122);
        var permits = 0;
        for (var round = 0; round < 20000; round++)
        {
            var (scopes, line, image, context) = (Scopes(random, 4), Line(random), Image(random), Context(random));
            var decision = Decide(scopes, line, image, context);
            if (decision.IsDenied)
            {
                Assert.Empty(decision.By);
                continue;
            }

            permits++;
            var (type, letter) = (line.Split(' ', '/')[1], LetterOf(line));
            var text = scopes.Split(' ');
            Assert.All(decision.By, scope => Assert.Contains(scope.Value, text));
            Assert.Contains(decision.By, scope => scope.Kind == FhirScopeKind.Resource && scope.Permissions.HasFlag(letter) && (scope.ResourceType is "*" || scope.ResourceType == type));
            Assert.All(decision.By.Where(scope => scope is { Kind: FhirScopeKind.Resource, PermissionType: FhirPermissionType.Patient }), _ => Assert.NotNull(context.Patient));
            if (decision.By.All(scope => scope.PermissionType == FhirPermissionType.Patient) && type is "Observation" or "Condition" && decision.Outcome == ScopeOutcome.Permit)
            {
                Assert.Contains("Patient/" + context.Patient, image, StringComparison.Ordinal);
            }
        }

        Assert.InRange(permits, 200, 20000);
    }

    [Fact]
    public void Permits_AnyEntryOfASearch_IsOneThatAClauseNames()
    {
        var random = new Random(20261123);
        var permits = 0;
        for (var round = 0; round < 10000; round++)
        {
            var (scopes, context) = (Scopes(random, 4), Context(random));
            var decision = new ScopeDecider().DecideRequest(Fhir.Scopes(scopes), context, Fhir.Request("GET Observation"));
            if (decision.Filter is not { } filter)
            {
                continue;
            }

            var entry = filter.Permits(Fhir.Json(Image(random).Replace("TYPE", "Observation", StringComparison.Ordinal)));
            if (!entry.IsDenied)
            {
                permits++;
                Assert.Contains(entry.By[0], filter.Clauses().Select(clause => clause.Scope).Concat(entry.By.Where(scope => scope.Kind != FhirScopeKind.Resource)));
            }
        }

        Assert.InRange(permits, 50, 10000);
    }

    [Fact]
    public void IsCoveredBy_EveryThreeOf96Scopes_IsReflexiveAndTransitive()
    {
        var pool = (
            from owner in new[] { "patient", "user" }
            from type in new[] { "Observation", "*" }
            from access in new[] { "r", "rs", "cu", "cruds" }
            from constraint in Constraints.Skip(1).Append("?status=amended")
            select Fhir.Accepted(FhirScope.Parse($"{owner}/{type}.{access}{constraint}"))).ToArray();
        Assert.Equal(96, pool.Length);
        var chains = 0;
        foreach (var (a, b) in from a in pool from b in pool where a.IsCoveredBy(b) select (a, b))
        {
            foreach (var c in pool.Where(b.IsCoveredBy))
            {
                chains++;
                Assert.True(a.IsCoveredBy(c), $"{a} under {b} under {c}");
            }
        }

        Assert.All(pool, scope => Assert.True(scope.IsCoveredBy(scope)));
        Assert.InRange(chains, 1000, pool.Length * pool.Length * pool.Length / 4);
    }

    // Scopes add up: another one never closes a read, also when it is malformed, a label's, or of another type.
    [Fact]
    public void Decide_AnyScopeMore_NeverTurnsAPermitIntoADenial()
    {
        var random = new Random(20261124);
        var permits = 0;
        for (var round = 0; round < 30000; round++)
        {
            var (scopes, more, line, image, context) = (Scopes(random, 3), Scopes(random, 2), Line(random), Image(random), Context(random));
            if (Decide(scopes, line, image, context).IsDenied)
            {
                continue;
            }

            permits++;
            Assert.False(Decide($"{scopes} {more}", line, image, context).IsDenied, $"'{more}' beside '{scopes}' closes {line}");
            Assert.False(Decide($"{more} {scopes}", line, image, context).IsDenied, $"'{more}' before '{scopes}' closes {line}");
        }

        Assert.InRange(permits, 200, 30000);
    }

    // Whatever a scope opens, a scope that covers it opens too.
    [Fact]
    public void IsCoveredBy_AnyTwoScopes_TheWiderOneDecidesAtLeastAsMuch()
    {
        var random = new Random(20261125);
        var (covered, permits) = (0, 0);
        for (var round = 0; round < 60000; round++)
        {
            var (narrow, wide) = (FhirScope.Parse(Token(random)), FhirScope.Parse(Token(random)));
            if (!narrow.Succeeded || !wide.Succeeded || !narrow.Value.IsCoveredBy(wide.Value))
            {
                continue;
            }

            covered++;
            for (var request = 0; request < 60; request++)
            {
                var (line, image, context) = (Line(random), Image(random), Context(random));
                if (!Decide(narrow.Value.Value, line, image, context).IsDenied)
                {
                    permits++;
                    Assert.False(Decide(wide.Value.Value, line, image, context).IsDenied, $"{narrow.Value} under {wide.Value}: {line}");
                }
            }
        }

        Assert.InRange(covered, 500, 60000);
        Assert.InRange(permits, 200, 600000);
    }

    // The normal form says the same, and reading it and writing it again changes nothing.
    [Fact]
    public void Normalise_AnySet_IsReadAsItIsWrittenAndOpensTheSame()
    {
        var random = new Random(20261126);
        var shorter = 0;
        for (var round = 0; round < 20000; round++)
        {
            var set = Fhir.Scopes(Scopes(random, 6));
            foreach (var syntax in Enum.GetValues<FhirScopeSyntax>())
            {
                var normal = set.Normalise(syntax);
                var again = Fhir.Scopes(normal.ToString());
                Assert.Equal(normal.ToString(), again.ToString());
                Assert.Equal(normal.ToString(), again.Normalise(syntax).ToString());
                Assert.True(ScopeSet.Of(set.Scopes).IsNarrowingOf(normal) && normal.IsNarrowingOf(set), $"{set} as {normal}");
                Assert.True(normal.Scopes.Count <= set.Scopes.Count, $"{set} as {normal}");
                shorter += normal.Scopes.Count < set.Scopes.Count ? 1 : 0;
            }

            var (line, image, context) = (Line(random), Image(random), Context(random));
            Assert.Equal(Decide(set.ToString(), line, image, context).Outcome, Decide(set.Normalise().ToString(), line, image, context).Outcome);
            Assert.All(set.Normalise().Scopes, scope => Assert.Equal(scope.Value, Fhir.Accepted(FhirScope.Parse(scope.Value)).Value));
        }

        Assert.InRange(shorter, 500, 40000);
    }

    private static ScopeDecision Decide(string scopes, string line, string image, FhirTokenContext context)
    {
        var type = line.Split(' ', '/')[1];
        var resource = Fhir.Json(image.Replace("TYPE", type, StringComparison.Ordinal));
        return new ScopeDecider().Decide(Fhir.Scopes(scopes), context, Fhir.Request(line), line.StartsWith("POST", StringComparison.Ordinal) ? default : resource, resource);
    }

    private static FhirPermissions LetterOf(string line) => line switch
    {
        ['P', 'O', ..] => FhirPermissions.Create,
        ['P', 'U', ..] => FhirPermissions.Update,
        ['D', ..] => FhirPermissions.Delete,
        _ => line.Contains("/x", StringComparison.Ordinal) ? FhirPermissions.Read : FhirPermissions.Search,
    };

    private static T One<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static string Scopes(Random random, int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Token(random)));

    private static string Token(Random random) => random.Next(4) == 0
        ? One(random, Others)
        : $"{One(random, ["patient", "patient", "user", "system"])}/{One(random, Types)}.{One(random, Access)}{One(random, Constraints)}";

    private static string Line(Random random)
    {
        var parts = One(random, Lines).Split(' ');
        return $"{parts[0]} {One(random, Types[..^1])}{parts[1][1..]}";
    }

    private static FhirTokenContext Context(Random random) => new()
    {
        Patient = random.Next(4) == 0 ? null : "p1",
        User = random.Next(2) == 0 ? null : "Practitioner/d1",
        UserPatients = random.Next(2) == 0 ? [] : ["p1", "p2"],
        BreakTheGlassAccepted = random.Next(2) == 0,
    };

    private static string Image(Random random)
    {
        var label = One(random, ["", "", """ ,"meta":{"security":[{"code":"R"}]} """, """ ,"meta":{"security":[{"code":"HIV"},{"code":"PSY"}],"tag":[{"code":"a"}]} """]);
        return $$$"""{"resourceType":"TYPE","id":"x","status":"{{{One(random, ["final", "amended"])}}}","code":{"coding":[{"code":"1"}]},"subject":{"reference":"Patient/{{{One(random, ["p1", "p1", "p2"])}}}"}{{{label}}}}""";
    }
}
