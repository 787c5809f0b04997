using System.Diagnostics;

namespace MedId.Testing.Tests.Pki;

/// <summary>The openssl command over files of its own folder. Tests are skipped where it is not installed.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-authority-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string WritePems(string name, params IEnumerable<TestCertificate> certificates) => Write(name, string.Concat(certificates.Select(certificate => certificate.Pem + "\n")));

    public string WriteCrls(string name, params IEnumerable<byte[]> crls) =>
        Write(name, string.Concat(crls.Select(crl => System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", crl) + "\n")));

    public static string At(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<(int ExitCode, string Text)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The openssl command is not installed.");
        }

        using (process!)
        {
            var output = process!.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
    }

    public static async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, text) = await RunAsync(arguments);
        Assert.True(code == 0, text);
        return text;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
