using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MedId.Samples.Hosting;

/// <summary>The command line of a sample host: the flags that all hosts know, and its own. Unknown, repeated and missing flags are refused.</summary>
public sealed class HostArguments
{
    /// <summary>Exit code of a command line that was refused.</summary>
    public const int UsageExitCode = 2;

    private static readonly HostFlag[] Common =
    [
        HostFlag.Optional("--urls", "URL", "where to listen (default http://127.0.0.1:0: a free port)"),
        HostFlag.Switch("--steps", "report each step as one JSON line on standard output"),
        HostFlag.Optional("--log", "FILE", "write the log there instead of to standard error"),
        HostFlag.Optional("--log-level", "LEVEL", "trace, debug, information, warning, error, none (default warning)"),
        HostFlag.Optional("--telemetry", "FILE", "write every activity and measurement there as JSON lines"),
    ];

    private readonly Dictionary<string, string> _values;

    private HostArguments(string host, Dictionary<string, string> values, LogLevel logLevel)
    {
        Host = host;
        _values = values;
        LogLevel = logLevel;
    }

    /// <summary>The host's name in step reports and in its listen line: <c>health-record-api</c>.</summary>
    public string Host { get; }

    /// <summary>Where to listen; one URL or several, separated by semicolons.</summary>
    public string Urls => this["--urls"] ?? "http://127.0.0.1:0";

    /// <summary>Whether steps are reported on standard output.</summary>
    public bool Steps => Has("--steps");

    /// <summary>The log file; null for standard error.</summary>
    public string? LogFile => this["--log"];

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; }

    /// <summary>Where activities and measurements go; null for nowhere.</summary>
    public string? TelemetryFile => this["--telemetry"];

    /// <summary>Whether every URL to listen on is a loopback address.</summary>
    public bool ListensOnLoopbackOnly => Urls.Split(';').All(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsLoopback(uri));

    /// <summary>The value of a flag; null when it was not given.</summary>
    /// <param name="flag">With its dashes.</param>
    public string? this[string flag] => _values.GetValueOrDefault(flag);

    /// <summary>Whether a flag was given.</summary>
    /// <param name="flag">With its dashes.</param>
    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <summary>The value of a flag that <see cref="Parse"/> was told to need.</summary>
    /// <param name="flag">With its dashes.</param>
    /// <exception cref="InvalidOperationException">The flag was not given, so it was not declared as needed.</exception>
    public string Needed(string flag) => this[flag] ?? throw new InvalidOperationException(flag + " was not declared as needed");

    /// <summary>Reads a command line. On <c>--help</c> or a mistake the usage goes to standard error and the answer is null: exit with <see cref="UsageExitCode"/>.</summary>
    /// <param name="host">The host's name in reports.</param>
    /// <param name="args">What the program was started with.</param>
    /// <param name="flags">The host's own flags, besides the common ones.</param>
    public static HostArguments? Parse(string host, string[] args, params HostFlag[] flags)
    {
        HostFlag[] known = [.. Common, .. flags];
        if (TryParse(host, args, known, out var arguments, out var mistake))
        {
            return arguments;
        }

        Console.Error.WriteLine(Usage(host, known, mistake));
        return null;
    }

    private static bool TryParse(string host, string[] args, HostFlag[] known, [NotNullWhen(true)] out HostArguments? arguments, [NotNullWhen(false)] out string? mistake)
    {
        arguments = null;
        mistake = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < args.Length && mistake is null; index++)
        {
            var flag = known.FirstOrDefault(one => string.Equals(one.Name, args[index], StringComparison.Ordinal));
            mistake = flag is null ? "unknown flag " + args[index]
                : flag.Value is not null && index + 1 == args.Length ? flag.Name + " needs a value"
                : values.TryAdd(flag.Name, flag.Value is null ? "true" : args[++index]) ? null : flag.Name + " was given twice";
        }

        mistake ??= known.FirstOrDefault(flag => flag.Required && !values.ContainsKey(flag.Name) && (flag.Unless is null || !values.ContainsKey(flag.Unless))) is { } missing ? missing.Name + " is missing" : null;
        var level = LogLevel.Warning;
        if (mistake is null && values.TryGetValue("--log-level", out var name) && !Enum.TryParse(name, ignoreCase: true, out level))
        {
            mistake = "--log-level is none of trace, debug, information, warning, error, none";
        }

        if (mistake is not null)
        {
            return false;
        }

        arguments = new HostArguments(host, values, level);
        return true;
    }

    private static string Usage(string host, HostFlag[] known, string mistake)
    {
        var text = new StringBuilder().Append(host).Append(": ").Append(mistake).AppendLine().AppendLine();
        foreach (var flag in known)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {flag.Name + (flag.Value is null ? "" : " " + flag.Value),-28} {flag.Help}{(flag.Unless is { } unless ? $" (needed unless {unless})" : flag.Required ? " (needed)" : "")}");
        }

        return text.ToString();
    }

    private static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
