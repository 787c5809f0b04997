using System.Diagnostics;
using MedId.TestSupport;

namespace MedId.Signatures.Tests.Xml;

/// <summary>The xmlsec1 command over files of its own folder. Tests are skipped where it is not installed; in CI that is a failure.</summary>
internal sealed class XmlSec : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-xmlsec-");

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public static async Task<(int ExitCode, string Text)> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("xmlsec1", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception) when (!TestVectors.IsContinuousIntegration)
        {
            Assert.Skip("The xmlsec1 command is not installed (apt-get install xmlsec1).");
        }

        using (process!)
        {
            var output = process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await error);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
