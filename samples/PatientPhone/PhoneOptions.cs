using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientPhone;

/// <summary>The command line as values.</summary>
internal sealed record PhoneOptions
{
    public required string Op { get; init; }

    public string? Ticket { get; init; }

    public required string StateFile { get; init; }

    public string? ModelFile { get; init; }

    public string? PublicUrl { get; init; }

    public required string Decide { get; init; }

    public IReadOnlyList<string> Keep { get; init; } = [];

    public TimeSpan Think { get; init; }

    public Misbehaviour Misbehaviour { get; init; }

    public static bool TryRead(HostArguments arguments, [NotNullWhen(true)] out PhoneOptions? options, out string? mistake)
    {
        options = null;
        var decide = arguments["--decide"] ?? "approve";
        var wait = arguments["--wait"] ?? "0";
        Misbehaviour? misbehaviour = (arguments["--misbehave"] ?? "none") switch
        {
            "none" => Misbehaviour.None,
            "tampered-assertion" => Misbehaviour.TamperedAssertion,
            "replayed-assertion" => Misbehaviour.ReplayedAssertion,
            "foreign-ticket" => Misbehaviour.ForeignTicket,
            "foreign-app" => Misbehaviour.ForeignApp,
            _ => null,
        };
        mistake = decide is not ("approve" or "deny" or "narrow" or "ask") ? "--decide is none of approve, deny, narrow, ask"
            : misbehaviour is null ? "--misbehave is none of tampered-assertion, replayed-assertion, foreign-ticket, foreign-app, none"
            : !arguments.ListensOnLoopbackOnly ? "a sample phone listens on loopback only"
            : !ushort.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "--wait is a number of seconds"
            : null;
        if (mistake is not null)
        {
            return false;
        }

        options = new PhoneOptions
        {
            Op = arguments.Needed("--op").TrimEnd('/'),
            Ticket = arguments["--ticket"],
            StateFile = arguments["--state"] ?? "patient-phone.json",
            ModelFile = arguments["--model"],
            PublicUrl = arguments["--public-url"]?.TrimEnd('/'),
            Decide = decide,
            Keep = arguments["--keep"]?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Think = TimeSpan.FromSeconds(ushort.Parse(wait, CultureInfo.InvariantCulture)),
            Misbehaviour = misbehaviour!.Value,
        };
        return true;
    }
}
