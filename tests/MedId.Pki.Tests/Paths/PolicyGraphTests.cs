namespace MedId.Pki.Tests.Paths;

/// <summary>RFC 9618: the policies of a path as a graph, which grows by what certificates name and not by the ways through it.</summary>
public sealed class PolicyGraphTests
{
    private const string Any = PolicyInformation.AnyPolicy;
    private const string P1 = "2.999.1";
    private const string P2 = "2.999.2";
    private const string P3 = "2.999.3";

    [Fact]
    public void AuthorityConstrained_PolicyOfEveryCertificate_IsLeft()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1, P2), anyPolicyCounts: true);
        graph.Descend(Policies(P2, P3), anyPolicyCounts: true);
        Assert.Equal([P2], graph.AuthorityConstrained());
    }

    [Fact]
    public void Descend_NothingInCommon_IsNull()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        graph.Descend(Policies(P2), anyPolicyCounts: true);
        Assert.True(graph.IsNull);
        Assert.Empty(graph.AuthorityConstrained());
    }

    [Fact]
    public void Descend_NoPolicies_IsNullForEver()
    {
        var graph = new PolicyGraph();
        graph.Descend(null, anyPolicyCounts: true);
        graph.Descend(Policies(Any), anyPolicyCounts: true);
        Assert.True(graph.IsNull);
    }

    [Theory]
    [InlineData(true, new[] { P1 })]
    [InlineData(false, new string[0])]
    public void Descend_AnyPolicy_StandsForWhatIsExpectedWhileItCounts(bool counts, string[] expected)
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        graph.Descend(Policies(Any), counts);
        Assert.Equal(expected, graph.AuthorityConstrained());
    }

    [Fact]
    public void Descend_AnyPolicyAllTheWay_IsValidForAll()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(Any), anyPolicyCounts: true);
        graph.Descend(Policies(Any, P1), anyPolicyCounts: true);
        Assert.Equal([Any, P1], graph.AuthorityConstrained().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Map_Policy_IsNamedInTheAnchorsTerms()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        graph.Map([new(P1, P2)], mappingAllowed: true);
        graph.Descend(Policies(P2), anyPolicyCounts: true);
        Assert.Equal([P1], graph.AuthorityConstrained());
    }

    [Fact]
    public void Map_PolicyThatWasMappedAway_IsNotExpectedAnyMore()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        graph.Map([new(P1, P2)], mappingAllowed: true);
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        Assert.True(graph.IsNull);
    }

    [Fact]
    public void Map_PolicyUnderAnyPolicy_IsMadeAndMapped()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(Any), anyPolicyCounts: true);
        graph.Map([new(P1, P2)], mappingAllowed: true);
        graph.Descend(Policies(P2), anyPolicyCounts: true);
        Assert.Equal([P1], graph.AuthorityConstrained());
    }

    [Fact]
    public void Map_Forbidden_DropsThePolicy()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1, P3), anyPolicyCounts: true);
        graph.Map([new(P1, P2)], mappingAllowed: false);
        graph.Descend(Policies(P1, P2, P3), anyPolicyCounts: true);
        Assert.Equal([P3], graph.AuthorityConstrained());
    }

    [Fact]
    public void Map_ForbiddenAndNothingElse_IsNull()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1), anyPolicyCounts: true);
        graph.Map([new(P1, P2)], mappingAllowed: false);
        Assert.True(graph.IsNull);
    }

    // One policy with two parents is one node; both of the anchor's policies are valid by it.
    [Fact]
    public void Map_TwoPoliciesToOne_BothAreValid()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1, P2), anyPolicyCounts: true);
        graph.Map([new(P1, P3), new(P2, P3)], mappingAllowed: true);
        graph.Descend(Policies(P3), anyPolicyCounts: true);
        Assert.Equal([P1, P2], graph.AuthorityConstrained());
        Assert.Equal(4, graph.Nodes);
    }

    // A policy that lost its last child is valid no more, though its node was made.
    [Fact]
    public void AuthorityConstrained_NodeWithoutChild_DoesNotCount()
    {
        var graph = new PolicyGraph();
        graph.Descend(Policies(P1, P2), anyPolicyCounts: true);
        graph.Descend(Policies(P1, P2), anyPolicyCounts: true);
        graph.Descend(Policies(P2), anyPolicyCounts: true);
        Assert.Equal([P2], graph.AuthorityConstrained());
    }

    // CVE-2023-0464 and its kin: each level maps every policy to every policy. As a tree, 16 to the 12th power of nodes; as a graph, 16 for each level.
    [Fact]
    public void Map_EveryPolicyToEveryPolicy_GrowsByTheLevel()
    {
        const int Width = 16;
        const int Depth = 12;
        var names = Enumerable.Range(0, Width).Select(i => $"2.999.{i}").ToArray();
        PolicyMapping[] mappings = [.. from a in names from b in names select new PolicyMapping(a, b)];
        var graph = new PolicyGraph();
        for (var i = 0; i < Depth; i++)
        {
            graph.Descend(Policies(names), anyPolicyCounts: true);
            graph.Map(mappings, mappingAllowed: true);
        }

        Assert.Equal(1 + (Width * Depth), graph.Nodes);
        Assert.Equal(Width, graph.AuthorityConstrained().Count);
    }

    private static IReadOnlyList<PolicyInformation> Policies(params string[] oids) => [.. oids.Select(oid => new PolicyInformation(oid, []))];
}
