using System.Text.Json.Nodes;

namespace MedId.Fido.Uaf.Tests;

public sealed class FacetTests
{
    private const string Sha256Hash = "-_8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData("android:apk-key-hash:hoG2zCMzhpGCNnLFceBuVpPfDqM", "android:apk-key-hash:hoG2zCMzhpGCNnLFceBuVpPfDqM=", true)]
    [InlineData("android:apk-key-hash-sha256:" + Sha256Hash, "android:apk-key-hash-sha256:+/8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("android:apk-key-hash-sha256:" + Sha256Hash, "android:apk-key-hash:" + Sha256Hash, false)]
    [InlineData("ANDROID:apk-key-hash:hoG2zCMzhpGCNnLFceBuVpPfDqM", "android:apk-key-hash:hoG2zCMzhpGCNnLFceBuVpPfDqM", false)]
    [InlineData("ios:bundle-id:example.app", "ios:bundle-id:example.app", true)]
    [InlineData("ios:bundle-id:example.app", "ios:bundle-id:example.app=", false)]
    [InlineData("ios:bundle-id:example.app", "ios:bundle-id:example.app2", false)]
    [InlineData("https://app.example", "https://app.example", true)]
    [InlineData("https://app.example", "https://app.example/", false)]
    [InlineData("https://app.example", "https://app.example:443", false)]
    [InlineData("https://app.example", "https://evil.app.example", false)]
    [InlineData("https://app.example", "http://app.example", false)]
    public void IsTrusted_Facet_IsComparedWhole(string asked, string listed, bool trusted)
    {
        Assert.Equal(trusted, FacetId.IsTrusted(asked, ["other", listed]));
        Assert.Equal(trusted, new TrustedFacetList("other", listed).IsTrusted(UafVersion.V11, asked));
    }

    [Fact]
    public void IsTrusted_EmptyFacet_IsNot() => Assert.False(FacetId.IsTrusted(string.Empty, ["a"]));

    [Fact]
    public void IsTrusted_ListOfAnotherVersion_DoesNotCount()
    {
        var list = new TrustedFacetList(new Dictionary<UafVersion, IReadOnlyList<string>> { [UafVersion.V10] = ["facet"] });
        Assert.True(list.IsTrusted(UafVersion.V10, "facet"));
        Assert.False(list.IsTrusted(UafVersion.V11, "facet"));
    }

    [Fact]
    public void ToJson_List_HasAnEntryForEveryVersion()
    {
        var entries = JsonNode.Parse(new TrustedFacetList("https://app.example").ToJson())!["trustedFacets"]!.AsArray();
        Assert.Equal([0, 1, 2], entries.Select(entry => (int)entry!["version"]!["minor"]!));
        Assert.All(entries, entry => Assert.Equal("https://app.example", (string)entry!["ids"]![0]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://*.example")]
    public void Constructor_EntryThatIsNoFacet_Throws(string facet) => Assert.Throws<ArgumentException>(() => new TrustedFacetList(facet));

    [Fact]
    public void Constructor_FacetOf513Characters_Throws()
    {
        Assert.NotNull(new TrustedFacetList(new string('a', 512)));
        Assert.Throws<ArgumentException>(() => new TrustedFacetList(new string('a', 513)));
        Assert.Throws<ArgumentException>(() => new TrustedFacetList());
    }

    [Fact]
    public void ForAndroid_Certificate_GivesItsHashWithoutPadding() => Assert.Equal(
        "android:apk-key-hash-sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", FacetId.ForAndroid([]));

    [Fact]
    public void ForIos_Bundle_IsNamed() => Assert.Equal("ios:bundle-id:example.app", FacetId.ForIos("example.app"));
}
