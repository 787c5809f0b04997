namespace MedId.Pki;

/// <summary>The policies valid for a path so far, as the graph of RFC 9618 §4: one node for a policy at a depth, whatever the number of ways to it.</summary>
/// <remarks>
/// A node has as many parents as it has ways to it, where the tree of RFC 5280 had a copy for each way; so a level grows by what its certificate names and no more.
/// Nodes above that lost their last child are left standing until <see cref="AuthorityConstrained"/>, which walks up from the last level and does not meet them.
/// </remarks>
internal sealed class PolicyGraph
{
    private const string AnyPolicy = PolicyInformation.AnyPolicy;

    private Dictionary<string, Node>? _last = new(StringComparer.Ordinal) { [AnyPolicy] = new Node(AnyPolicy, []) };

    /// <summary>Whether nothing is valid any more (valid_policy_graph is NULL).</summary>
    public bool IsNull => _last is null;

    /// <summary>Nodes made so far; what the work is measured by.</summary>
    public int Nodes { get; private set; } = 1;

    /// <summary>RFC 9618 §5.3 (d), (e): goes one certificate down.</summary>
    /// <param name="policies">The certificate's policies; null when it has no such extension.</param>
    /// <param name="anyPolicyCounts">Whether anyPolicy may be used: inhibit_anyPolicy is above 0, or the certificate is self-issued and not the last.</param>
    public void Descend(IReadOnlyList<PolicyInformation>? policies, bool anyPolicyCounts)
    {
        if (_last is null || policies is null)
        {
            _last = null;
            return;
        }

        var parentsOf = ParentsByExpectedPolicy(_last);
        var any = _last.GetValueOrDefault(AnyPolicy);
        var next = new Dictionary<string, Node>(StringComparer.Ordinal);
        var hasAny = false;

        // (d)(1): a policy comes from the nodes that expect it, else from anyPolicy.
        foreach (var policy in policies)
        {
            if (string.Equals(policy.Oid, AnyPolicy, StringComparison.Ordinal))
            {
                hasAny = true;
            }
            else if (parentsOf.TryGetValue(policy.Oid, out var parents))
            {
                Add(next, policy.Oid, parents);
            }
            else if (any is not null)
            {
                Add(next, policy.Oid, [any]);
            }
        }

        // (d)(2): anyPolicy stands for every policy that is expected and not named.
        if (hasAny && anyPolicyCounts)
        {
            foreach (var (expected, parents) in parentsOf)
            {
                if (!next.ContainsKey(expected))
                {
                    Add(next, expected, parents);
                }
            }
        }

        // (d)(3): with nothing below, nothing above is left.
        _last = next.Count == 0 ? null : next;
    }

    /// <summary>RFC 9618 §5.4 (b): maps the policies of the issuer's domain to those of the subject's, or drops those that may not be mapped.</summary>
    /// <param name="mappings">The certificate's mappings; none of anyPolicy.</param>
    /// <param name="mappingAllowed">Whether policy_mapping is above 0.</param>
    public void Map(IReadOnlyList<PolicyMapping> mappings, bool mappingAllowed)
    {
        if (_last is null)
        {
            return;
        }

        var any = _last.GetValueOrDefault(AnyPolicy);
        foreach (var group in mappings.GroupBy(mapping => mapping.IssuerDomainPolicy, StringComparer.Ordinal))
        {
            if (!mappingAllowed)
            {
                _last.Remove(group.Key);
                continue;
            }

            if (!_last.TryGetValue(group.Key, out var node))
            {
                if (any is null)
                {
                    continue;
                }

                node = Add(_last, group.Key, any.Parents);
            }

            node.Expected = [.. group.Select(mapping => mapping.SubjectDomainPolicy).Distinct(StringComparer.Ordinal)];
        }

        _last = _last.Count == 0 ? null : _last;
    }

    /// <summary>RFC 9618 §5.6: the policies, in the anchor's terms, for which the path is valid; anyPolicy among them when it is valid for all.</summary>
    public IReadOnlyList<string> AuthorityConstrained()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (_last is null)
        {
            return [];
        }

        var level = new HashSet<Node>(_last.Values);
        if (_last.ContainsKey(AnyPolicy))
        {
            found.Add(AnyPolicy);
        }

        while (level.Count > 0)
        {
            var above = new HashSet<Node>();
            foreach (var node in level)
            {
                foreach (var parent in node.Parents)
                {
                    above.Add(parent);
                    if (parent.IsAny && !node.IsAny)
                    {
                        found.Add(node.Policy);
                    }
                }
            }

            level = above;
        }

        return [.. found];
    }

    private static Dictionary<string, List<Node>> ParentsByExpectedPolicy(Dictionary<string, Node> level)
    {
        var parents = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (var node in level.Values)
        {
            foreach (var expected in node.Expected)
            {
                if (!parents.TryGetValue(expected, out var list))
                {
                    parents.Add(expected, list = []);
                }

                list.Add(node);
            }
        }

        return parents;
    }

    private Node Add(Dictionary<string, Node> level, string policy, IReadOnlyList<Node> parents)
    {
        var node = new Node(policy, parents);
        level.Add(policy, node);
        Nodes++;
        return node;
    }

    private sealed class Node(string policy, IReadOnlyList<Node> parents)
    {
        public string Policy => policy;

        public IReadOnlyList<Node> Parents => parents;

        public IReadOnlyList<string> Expected { get; set; } = [policy];

        public bool IsAny => string.Equals(policy, AnyPolicy, StringComparison.Ordinal);
    }
}
