namespace MedId.Pki.Tests.Names;

/// <summary>RFC 5280 §4.2.1.10, form by form.</summary>
public sealed class NameSubtreeTests
{
    [Theory]
    [InlineData("host.example.org", "example.org", true)]
    [InlineData("example.org", "example.org", true)]
    [InlineData("EXAMPLE.ORG", "example.org", true)]
    [InlineData("badexample.org", "example.org", false)]
    [InlineData("example.org", "host.example.org", false)]
    [InlineData("example.com", "example.org", false)]
    [InlineData("anything.at.all", "", true)]
    [InlineData("*.example.org", "example.org", true)]
    [InlineData("*.example.org", "secret.example.org", false)]
    public void Contains_PermittedDnsName_IsTheHostAndAllBelow(string name, string subtree, bool expected) =>
        Assert.Equal(expected, NameSubtree.Contains(new GeneralName.DnsName(name), new GeneralName.DnsName(subtree), isExcluded: false));

    [Theory]
    [InlineData("*.example.org", "secret.example.org", true)]
    [InlineData("*.example.org", "a.secret.example.org", false)]
    [InlineData("*.example.org", "example.com", false)]
    [InlineData("*.example.org", "example.org", true)]
    public void Contains_ExcludedDnsName_IsMetByAWildcardThatStandsForIt(string name, string subtree, bool expected) =>
        Assert.Equal(expected, NameSubtree.Contains(new GeneralName.DnsName(name), new GeneralName.DnsName(subtree), isExcluded: true));

    [Theory]
    [InlineData("a@example.org", "a@example.org", true)]
    [InlineData("a@EXAMPLE.org", "a@example.org", true)]
    [InlineData("A@example.org", "a@example.org", false)]
    [InlineData("b@example.org", "example.org", true)]
    [InlineData("b@mail.example.org", "example.org", false)]
    [InlineData("b@mail.example.org", ".example.org", true)]
    [InlineData("b@example.org", ".example.org", false)]
    [InlineData("b@xexample.org", ".example.org", false)]
    public void Contains_Rfc822Name_IsMailboxHostOrDomain(string name, string subtree, bool expected) =>
        Assert.Equal(expected, NameSubtree.Contains(new GeneralName.Rfc822Name(name), new GeneralName.Rfc822Name(subtree), isExcluded: false));

    [Theory]
    [InlineData("https://www.example.org/a?b#c", "www.example.org", true)]
    [InlineData("https://user:pw@www.example.org:8443/", "www.example.org", true)]
    [InlineData("https://www.example.org", ".example.org", true)]
    [InlineData("https://example.org", ".example.org", false)]
    [InlineData("https://a.www.example.org", "www.example.org", false)]
    [InlineData("https://evil.com/@www.example.org", "www.example.org", false)]
    [InlineData("https://evil.com?@www.example.org", "www.example.org", false)]
    public void Contains_Uri_IsItsHost(string name, string subtree, bool expected) =>
        Assert.Equal(expected, NameSubtree.Contains(new GeneralName.UniformResourceIdentifier(name), new GeneralName.UniformResourceIdentifier(subtree), isExcluded: false));

    [Theory]
    [InlineData("0A000001", "0A000000FF000000", true)]
    [InlineData("0B000001", "0A000000FF000000", false)]
    [InlineData("0A0000FF", "0A000000FFFFFF80", false)]
    [InlineData("0A00007F", "0A000000FFFFFF80", true)]
    [InlineData("20010DB8000000000000000000000001", "20010DB8000000000000000000000000FFFFFFFF000000000000000000000000", true)]
    [InlineData("0A000001", "20010DB8000000000000000000000000FFFFFFFF000000000000000000000000", false)]
    [InlineData("FFFFFFFF", "0000000000000000", true)]
    public void Contains_IpAddress_IsOfTheNetwork(string name, string subtree, bool expected) => Assert.Equal(
        expected,
        NameSubtree.Contains(new GeneralName.IpAddress(Convert.FromHexString(name)), new GeneralName.IpAddress(Convert.FromHexString(subtree)), isExcluded: false));

    public static TheoryData<GeneralName, bool> Bases { get; } = new()
    {
        { new GeneralName.DnsName(string.Empty), true },
        { new GeneralName.DnsName("example.org"), true },
        { new GeneralName.DnsName(".example.org"), false },
        { new GeneralName.DnsName("example.org."), false },
        { new GeneralName.DnsName("*.example.org"), false },
        { new GeneralName.Rfc822Name("example.org"), true },
        { new GeneralName.Rfc822Name(".example.org"), true },
        { new GeneralName.Rfc822Name("a@example.org"), true },
        { new GeneralName.Rfc822Name("@example.org"), false },
        { new GeneralName.UniformResourceIdentifier(".example.org"), true },
        { new GeneralName.UniformResourceIdentifier("https://example.org"), false },
        { new GeneralName.IpAddress(new byte[] { 10, 0, 0, 0, 255, 0, 255, 0 }), false },
        { new GeneralName.IpAddress(new byte[] { 10, 0, 0, 0, 255, 240, 0, 0 }), true },
        { new GeneralName.RegisteredId("2.999.1"), false },
        { new GeneralName.OtherName("2.999.1", default), false },
        { new GeneralName.UnreadName(3, default), false },
    };

    [Theory]
    [MemberData(nameof(Bases))]
    public void CanBeProcessed_Base_IsOfASupportedFormAndWellFormed(GeneralName subtreeBase, bool expected) => Assert.Equal(expected, NameSubtree.CanBeProcessed(new(subtreeBase)));

    [Fact]
    public void CanBeProcessed_Bounds_AreNotOfTheProfile()
    {
        Assert.False(NameSubtree.CanBeProcessed(new(new GeneralName.DnsName("example.org"), Minimum: 1)));
        Assert.False(NameSubtree.CanBeProcessed(new(new GeneralName.DnsName("example.org"), Maximum: 2)));
    }

    public static TheoryData<GeneralName, bool> Compared { get; } = new()
    {
        { new GeneralName.DnsName("example.org."), false },
        { new GeneralName.DnsName("a..b"), false },
        { new GeneralName.DnsName("a b"), false },
        { new GeneralName.DnsName("*.example.org"), true },
        { new GeneralName.DnsName("a_b.example.org"), true },
        { new GeneralName.Rfc822Name("example.org"), false },
        { new GeneralName.Rfc822Name("a@b@example.org"), true },
        { new GeneralName.Rfc822Name("a@"), false },
        { new GeneralName.UniformResourceIdentifier("urn:example:a"), false },
        { new GeneralName.UniformResourceIdentifier("https://192.0.2.1/"), false },
        { new GeneralName.UniformResourceIdentifier("https://[2001:db8::1]/"), false },
        { new GeneralName.UniformResourceIdentifier("https://ex%61mple.org/"), false },
        { new GeneralName.UniformResourceIdentifier("https:///path"), false },
        { new GeneralName.UniformResourceIdentifier("https://example.org:80x/"), false },
        { new GeneralName.UniformResourceIdentifier("https://example.org:443/"), true },
    };

    [Theory]
    [MemberData(nameof(Compared))]
    public void IsComparable_Name_HasAHost(GeneralName name, bool expected) => Assert.Equal(expected, NameSubtree.IsComparable(name));
}
