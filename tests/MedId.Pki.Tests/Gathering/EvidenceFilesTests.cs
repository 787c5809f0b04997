using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests;

public sealed class EvidenceFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-evidence-");

    [Fact]
    public async Task ReadFolderAsync_Files_AreWhatTheyAre()
    {
        var world = new RevocationWorld();
        var crl = world.Authority.CreateCrl();
        await WriteAsync("a.crl", crl);
        await WriteAsync("b.cer", world.Authority.Certificate.Der);
        await WriteAsync("c.ors", new TestOcspResponder(world.Authority).RespondFor(world.Target));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "d.pem"), PemEncoding.WriteString("X509 CRL", crl) + "\n" + world.Target.Pem);
        await WriteAsync("e.txt", "no evidence"u8.ToArray());
        await WriteAsync("f.big", new byte[1_000_001]);
        var (evidence, unread) = await EvidenceFiles.ReadFolderAsync(_folder.FullName, new() { MaxBytes = 1_000_000 });

        Assert.Equal((2, 2, 1), (evidence.Certificates.Count, evidence.Crls.Count, evidence.OcspResponses.Count));
        Assert.Equal(["e.txt", "f.big"], unread);
        Assert.True(world.Validate(evidence).IsAccepted);
    }

    [Fact]
    public Task ReadFolderAsync_MissingFolder_Throws() => Assert.ThrowsAsync<DirectoryNotFoundException>(() => EvidenceFiles.ReadFolderAsync(Path.Combine(_folder.FullName, "none")));

    public void Dispose() => _folder.Delete(recursive: true);

    private Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(Path.Combine(_folder.FullName, name), content);
}
