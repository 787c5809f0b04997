using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary>The members that verification verbs of UAF share.</summary>
internal sealed class UafInput
{
    private static readonly (string Name, UafLeniencies Value)[] Leniencies =
    [
        ("padding", UafLeniencies.Padding), ("keyIdLength", UafLeniencies.KeyIdLength | UafLeniencies.KeyHandleKeyIds), ("nonCanonicalDer", UafLeniencies.NonCanonicalDer),
        ("rsaSpki", UafLeniencies.RsaSubjectPublicKeyInfo), ("utf8Transaction", UafLeniencies.Utf8Transaction),
    ];

    public UafInput(CallInput input, CommonInput common)
    {
        Common = common;
        Request = Message(input, "request");
        Response = Message(input, "response");
        Facets = ReadFacets(input);
        Metadata = ReadMetadata(input);
        User = input.OptionalText("user");
        ChallengeState = input.OptionalChoice(
            "challengeState",
            ("open", UafChallengeState.Open),
            ("used", UafChallengeState.Used),
            ("expired", UafChallengeState.Expired),
            ("foreign", UafChallengeState.Foreign)) ?? UafChallengeState.Open;
        ChannelBinding = ReadTls(input.OptionalObject("tls"));
        ServerData = input.OptionalText("serverDataExpected");
        StatusMode = input.OptionalChoice("wireCodes", ("specific", UafStatusMode.Specific), ("conformance", UafStatusMode.Conformance)) ?? UafStatusMode.Specific;
        foreach (var name in input.OptionalTexts("lenient") ?? [])
        {
            Tolerated |= Array.Find(Leniencies, leniency => leniency.Name == name) is { Name: not null } found
                ? found.Value
                : throw input.Value("lenient", "of " + string.Join(", ", Leniencies.Select(leniency => leniency.Name)));
        }
    }

    public CommonInput Common { get; }

    public string Request { get; }

    public string Response { get; }

    public TrustedFacetList Facets { get; }

    public UafMetadataSet Metadata { get; }

    /// <summary>Why a statement could not be used; a model that is not found may be the one that it was about.</summary>
    public MedIdError? Unread { get; private set; }

    public string? User { get; }

    public UafChallengeState ChallengeState { get; }

    public ChannelBindingExpectation ChannelBinding { get; }

    public string? ServerData { get; }

    public UafStatusMode StatusMode { get; }

    public UafLeniencies Tolerated { get; }

    /// <summary>Whether the input asks to judge old material, by the one loud member that says so.</summary>
    public bool AcceptsOld => Common.Algorithms.For(MedId.Cryptography.SignatureUse.Certificate, Common.At).Algorithms.Any(algorithm => algorithm.IsWeak);

    public static IEnumerable<string> Names(UafLeniencies used) => Leniencies.Where(leniency => (leniency.Value & used) != UafLeniencies.None).Select(leniency => leniency.Name);

    /// <summary>A message as it went over the wire: JSON in the input, or the text of it.</summary>
    public static string Message(CallInput input, string name)
    {
        var value = input.Raw(name) ?? throw input.Missing(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array when value.EnumerateArray().All(entry => entry.ValueKind != JsonValueKind.Array) => value.GetRawText(),
            JsonValueKind.Object => value.GetRawText(),
            _ => throw input.Type(name, "a JSON array of dictionaries, or its text"),
        };
    }

    private static TrustedFacetList ReadFacets(CallInput input)
    {
        var lists = new Dictionary<UafVersion, IReadOnlyList<string>>();
        foreach (var list in input.OptionalObjects("trustedFacets") ?? throw input.Missing("trustedFacets"))
        {
            var version = list.Object("version");
            var key = new UafVersion((ushort)(version.OptionalNumber("major", 0, ushort.MaxValue) ?? 0), (ushort)(version.OptionalNumber("minor", 0, ushort.MaxValue) ?? 0));
            // A wildcard is the name of no facet.
            var ids = (list.OptionalTexts("ids") ?? throw list.Missing("ids")).Where(id => !id.Contains('*', StringComparison.Ordinal));
            lists[key] = [.. lists.GetValueOrDefault(key, []), .. ids];
        }

        // A list that names nobody trusts nobody: an entry of a version that no message has.
        foreach (var empty in lists.Where(list => list.Value.Count == 0).Select(list => list.Key).ToList())
        {
            lists.Remove(empty);
        }

        lists[default] = ["nobody"];
        return new TrustedFacetList(lists);
    }

    private static ChannelBindingExpectation ReadTls(CallInput? input)
    {
        if (input is null)
        {
            return ChannelBindingExpectation.NotKnown;
        }

        var (endPoints, certificates) = (input.OptionalBinaries("serverEndPoint") ?? [], input.OptionalBinaries("certificates") ?? []);
        var isRequired = input.Flag("require");
        return endPoints.Count + certificates.Count == 0 && !isRequired ? ChannelBindingExpectation.NotKnown : ChannelBindingExpectation.ForServer(
            [.. endPoints.Select(bytes => new ReadOnlyMemory<byte>(bytes))],
            [.. certificates.Select(bytes => new ReadOnlyMemory<byte>(bytes))],
            isRequired);
    }

    private UafMetadataSet ReadMetadata(CallInput input)
    {
        var reports = ReadStatus(input);
        var entries = new List<MetadataEntry>();
        var items = input.Raw("metadata") ?? throw input.Missing("metadata");
        if (items.ValueKind != JsonValueKind.Array)
        {
            throw input.Type("metadata", "a list");
        }

        foreach (var item in items.EnumerateArray())
        {
            var text = item.ValueKind switch
            {
                JsonValueKind.Object => item.GetRawText(),
                JsonValueKind.String => item.GetString()!,
                _ => throw input.Type("metadata", "metadata statements"),
            };
            var statement = MetadataStatement.Parse(text);
            var usable = statement.Succeeded ? UafMetadataStatement.FromMetadata(statement.Value) : statement.Error;
            Unread ??= usable.Error;
            if (usable.Succeeded)
            {
                entries.Add(MetadataEntry.ForStatement(statement.Value!, reports.GetValueOrDefault(usable.Value.Aaid)));
            }
        }

        return UafMetadataSet.FromEntries(entries);
    }

    private static Dictionary<Aaid, List<StatusReport>> ReadStatus(CallInput input)
    {
        var reports = new Dictionary<Aaid, List<StatusReport>>();
        foreach (var item in input.OptionalObjects("metadataStatus") ?? [])
        {
            if (!Aaid.TryParse(item.Text("aaid"), out var aaid))
            {
                throw item.Value("aaid", "an AAID");
            }

            if (!reports.TryGetValue(aaid, out var list))
            {
                reports[aaid] = list = [];
            }

            if (item.OptionalObjects("statusReports") is { } many)
            {
                list.AddRange(many.Select(Report));
            }
            else
            {
                list.Add(Report(item));
            }
        }

        return reports;
    }

    private static StatusReport Report(CallInput input)
    {
        var status = input.Text("status");
        foreach (var ignored in (string[])["url", "certificationDescriptor", "certificateNumber", "certificationPolicyVersion", "certificationRequirementsVersion"])
        {
            _ = input.OptionalText(ignored);
        }

        var certificate = input.OptionalText("certificate");
        return new StatusReport
        {
            Status = Enum.TryParse<AuthenticatorStatus>(status.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var known)
                ? known
                : AuthenticatorStatus.Unknown,
            StatusText = status,
            EffectiveDate = input.OptionalDate("effectiveDate"),
            AuthenticatorVersion = (ulong?)input.OptionalNumber("authenticatorVersion", 0, int.MaxValue),
            Certificate = certificate is null ? default : Der(certificate, input),
        };
    }

    // Status reports write certificates in the standard's own base64; every other binary of the tool is base64url.
    private static ReadOnlyMemory<byte> Der(string text, CallInput input)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : input.Binary(text, "certificate");
    }
}
