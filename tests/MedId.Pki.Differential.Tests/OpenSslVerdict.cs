using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>What the openssl command says. Cases that share everything but the target are asked in one call.</summary>
internal sealed partial class OpenSslVerdict : IDisposable
{
    private const int TargetsInOneCall = 200;
    private const string AnyPolicy = "2.5.29.32.0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-differential-");
    private int _files;

    public static bool IsInstalled { get; } = Probe();

    /// <summary>Skips where openssl is not installed; in CI that is a failure.</summary>
    public static void Require()
    {
        if (!IsInstalled)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "CI has to install openssl.");
            Assert.Skip("The openssl command is not installed.");
        }
    }

    public async Task<Verdict[]> JudgeAsync(IReadOnlyList<DiffCase> cases)
    {
        var verdicts = new Verdict[cases.Count];
        var calls = Enumerable.Range(0, cases.Count)
            .GroupBy(index => Shared(cases[index]), StringComparer.Ordinal)
            .SelectMany(group => group.Chunk(group.Key.Length == 0 ? 1 : TargetsInOneCall));
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (indexes, _) =>
        {
            var answers = await AskAsync([.. indexes.Select(index => cases[index])]);
            for (var position = 0; position < indexes.Length; position++)
            {
                verdicts[indexes[position]] = answers[position];
            }
        });
        return verdicts;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Everything but the target; OCSP is asked one by one.
    private static string Shared(DiffCase asked) => asked.Ocsp is not null ? string.Empty : string.Join(
        '|',
        Convert.ToHexString(SHA256.HashData([.. asked.Anchor, .. asked.Intermediates.SelectMany(der => der), .. asked.Crl ?? []])),
        asked.Policy,
        asked.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    private async Task<Verdict[]> AskAsync(DiffCase[] cases)
    {
        var first = cases[0];
        var files = cases.Select(asked => Write(asked.Target, "der")).ToArray();
        return first.Ocsp is not null ? [await AskOcspAsync(first, files[0])] : await AskPathAsync(first, files);
    }

    private async Task<Verdict[]> AskPathAsync(DiffCase first, string[] files)
    {
        List<string> arguments = ["verify", "-attime", first.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "-auth_level", "2", "-policy_check", "-CAfile", WritePem("CERTIFICATE", first.Anchor)];
        if (first.Intermediates.Count > 0)
        {
            arguments.AddRange(["-untrusted", WritePem("CERTIFICATE", [.. first.Intermediates])]);
        }

        if (first.Crl is not null)
        {
            arguments.AddRange(["-crl_check", "-extended_crl", "-CRLfile", WritePem("X509 CRL", first.Crl)]);
        }

        // Without a policy openssl accepts none where a certificate requires one; RFC 5280 §6.1.1 (c) has anyPolicy as what is meant.
        arguments.AddRange(first.Policy is null ? ["-policy", AnyPolicy] : ["-policy", first.Policy, "-explicit_policy"]);

        var (output, error) = await RunAsync([.. arguments, .. files]);
        var accepted = output.Split('\n').Where(line => line.EndsWith(": OK", StringComparison.Ordinal)).Select(line => line[..^4]).ToHashSet(StringComparer.Ordinal);
        return [.. files.Select(file => accepted.Contains(file) ? Verdict.Yes : Verdict.No(ReasonOf(error, file)))];
    }

    private async Task<Verdict> AskOcspAsync(DiffCase asked, string target)
    {
        // It knows only the present time: the leniency makes both look at everything but time.
        var issuer = WritePem("CERTIFICATE", asked.Anchor);
        var (output, error) = await RunAsync(
            ["ocsp", "-respin", Write(asked.Ocsp!, "ocsp"), "-issuer", issuer, "-cert", target, "-CAfile", issuer, "-no_nonce", "-validity_period", "315360000",
             "-attime", asked.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)]);
        var verified = error.Contains("Response verify OK", StringComparison.Ordinal);
        return verified && output.Contains(": good", StringComparison.Ordinal) ? Verdict.Yes
            : Verdict.No(!verified ? "response not verified" : output.Contains(": revoked", StringComparison.Ordinal) ? "revoked" : "no status");
    }

    /// <summary>The first error before the line that closes the file.</summary>
    private static string ReasonOf(string error, string file)
    {
        var lines = error.Split('\n');
        var end = Array.FindIndex(lines, line => line.Contains(file, StringComparison.Ordinal));
        var start = end;
        while (start > 0 && !lines[start - 1].Contains(".der", StringComparison.Ordinal))
        {
            start--;
        }

        var reason = lines.Skip(start).Take(end - start).Select(line => Lookup().Match(line)).FirstOrDefault(match => match.Success);
        return reason is null ? "cannot load" : reason.Groups[1].Value;
    }

    private static async Task<(string Output, string Error)> RunAsync(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, await error);
    }

    private static bool Probe()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", "version") { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private string Write(byte[] bytes, string ending)
    {
        var path = Path.Combine(_folder.FullName, Interlocked.Increment(ref _files).ToString("D6", CultureInfo.InvariantCulture) + "." + ending);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string WritePem(string label, params byte[][] ders)
    {
        var path = Path.Combine(_folder.FullName, Interlocked.Increment(ref _files).ToString("D6", CultureInfo.InvariantCulture) + ".pem");
        File.WriteAllText(path, string.Concat(ders.Select(der => PemEncoding.WriteString(label, der) + "\n")));
        return path;
    }

    [GeneratedRegex(@"error \d+ at \d+ depth lookup: (.+)$")]
    private static partial Regex Lookup();
}
