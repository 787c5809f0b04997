namespace MedId.Ciba.Interop.Tests;

/// <summary>Flags of the sample OP that contradict each other are refused before anything listens.</summary>
public sealed class FlagTests
{
    [Theory]
    [InlineData("https only", "--lab", "--profile", "fapi", "--urls", "http://127.0.0.1:5999")]
    [InlineData("https only", "--lab", "--profile", "fapi2")]
    [InlineData("--profile is", "--lab", "--profile", "none")]
    [InlineData("loopback", "--lab", "--urls", "http://0.0.0.0:5999")]
    [InlineData("loopback", "--lab", "--urls", "http://192.0.2.1:5999")]
    [InlineData("go together", "--lab", "--tls-cert", "cert.pem")]
    [InlineData("needs --tls-cert", "--lab", "--client-ca", "ca.pem")]
    [InlineData("--clients is missing", "--urls", "http://127.0.0.1:5999")]
    public async Task Start_WithFlagsThatContradict_SaysSo(string said, params string[] flags)
    {
        var (exitCode, errors) = await OpProcess.RefusedAsync(flags);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutTheFlag_HasNoHook()
    {
        var folder = Directory.CreateTempSubdirectory("medid-flags");
        var nobody = Path.Combine(folder.FullName, "nobody.json");
        await File.WriteAllTextAsync(nobody, "[]", TestContext.Current.CancellationToken);
        await using (var op = await OpProcess.ListenAsync(root: null, ["--clients", nobody, "--users", nobody, "--doctor-op", "http://127.0.0.1:9"]))
        {
            using var there = await op.Http.GetAsync("/_lab/state", TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, there.StatusCode);
        }

        folder.Delete(recursive: true);
    }
}
