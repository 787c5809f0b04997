using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

public sealed class SourceTests
{
    private const string Uaf = """{"aaid": "FFFF#5a01", "description": "LAB fingerprint", "authenticatorVersion": 1}""";

    [Fact]
    public async Task ReadAsync_FolderOfStatements_IsFoundByEachName()
    {
        var folder = Directory.CreateTempSubdirectory("medid-statements");
        try
        {
            var key = MetadataWorld.Read(TestAuthority.CreateRoot(TestName.Common("LAB")).Issue(TestName.Common("LAB U2F")));
            var identifier = AttestationKeyIdentifier.Of(key);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "uaf.json"), Uaf);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "fido2.json"), TestMetadataService.Fido2Statement(MetadataWorld.Model));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "u2f.json"), $$"""{"attestationCertificateKeyIdentifiers": ["{{identifier.ToUpperInvariant()}}"], "protocolFamily": "u2f"}""");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.json"), "{");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "readme.txt"), "no statement");

            var (source, unread) = await LocalMetadata.ReadAsync(folder.FullName);

            Assert.Equal("LAB fingerprint", source.FindByAaid("ffff#5A01")?.Statement?.Description);
            Assert.Equal(MetadataWorld.Model, source.FindByAaguid(MetadataWorld.Model)?.Aaguid);
            Assert.Equal("u2f", source.FindByKeyIdentifier(identifier)?.Statement?.ProtocolFamily);
            Assert.Null(source.FindByAaid("0000#0000"));
            Assert.Equal(("broken.json", MetadataErrorCodes.StatementMalformed), (unread.Single().Key, unread.Single().Value.Code));

            var (one, _) = await LocalMetadata.ReadAsync(Path.Combine(folder.FullName, "uaf.json"));
            Assert.Single(one.Entries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_Key_IsSha1OfItsBitsWhateverTheCertificateSays()
    {
        var issued = TestAuthority.CreateRoot(TestName.Common("LAB")).Issue(TestName.Common("LAB"), builder => builder.With(TestExtensions.SubjectKeyIdentifier([1, 2, 3])));
        Assert.Equal(Convert.ToHexStringLower(issued.Key.Identifier), AttestationKeyIdentifier.Of(MetadataWorld.Read(issued)));
    }

    [Fact]
    public void FindByAaguid_Zero_IsNoModel() =>
        Assert.Null(new LocalMetadata([MetadataStatement.Parse(TestMetadataService.Fido2Statement(Guid.Empty)).Value!]).FindByAaguid(Guid.Empty));

    [Fact]
    public void Composite_OwnStatementAndForeignReport_BothCount()
    {
        var own = new LocalMetadata([MetadataStatement.Parse(TestMetadataService.Fido2Statement(MetadataWorld.Model)).Value! with { Description = "own" }]);
        var reported = new LocalMetadata([new MetadataEntry
        {
            Aaguid = MetadataWorld.Model,
            Statement = MetadataStatement.Parse(TestMetadataService.Fido2Statement(MetadataWorld.Model)).Value,
            StatusReports = [new() { Status = AuthenticatorStatus.Revoked, StatusText = "REVOKED" }],
        }]);
        var source = new CompositeMetadataSource(own, reported);

        var entry = source.FindByAaguid(MetadataWorld.Model)!;
        Assert.Equal("own", entry.Statement?.Description);
        Assert.Equal(MetadataErrorCodes.StatusRevoked, MetadataStatusPolicy.Default.Judge(entry, null, MetadataWorld.Now).Error?.Code);
        Assert.Null(source.FindByAaid("FFFF#5A01"));
        Assert.Null(source.FindByKeyIdentifier(string.Empty));
    }

    [Fact]
    public void RogueList_OfTheStatedHash_IsRead()
    {
        var list = """[{"sk": "AAAA", "date": "2024-02-29"}]"""u8.ToArray();
        var entry = Assert.Single(RogueList.Parse(list, Hash(list)).Value!.Entries);
        Assert.Equal(("AAAA", new DateOnly(2024, 2, 29)), (entry.SecretKey, entry.Date));
        Assert.DoesNotContain("AAAA", entry.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"sk\": \"AAAA\"}]")]
    [InlineData("[{\"date\": \"2024-01-01\"}]")]
    [InlineData("[{\"sk\": \"AAAA\", \"date\": \"2023-02-29\"}]")]
    [InlineData("[")]
    public void RogueList_OutOfForm_IsRefused(string json) =>
        Assert.Equal(MetadataErrorCodes.RogueListMalformed, RogueList.Parse(Encoding.UTF8.GetBytes(json), Hash(Encoding.UTF8.GetBytes(json))).Error?.Code);

    [Fact]
    public void RogueList_OfAnotherHash_IsRefused()
    {
        Assert.Equal(MetadataErrorCodes.RogueListHash, RogueList.Parse("[]"u8.ToArray(), Hash("[ ]"u8.ToArray())).Error?.Code);
        Assert.Equal(MetadataErrorCodes.RogueListHash, RogueList.Parse("[]"u8.ToArray(), "=").Error?.Code);
    }

    private static string Hash(byte[] list) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(StrictBase64Url.Encode(list))));
}
