using MedId.Cli.Cards;
using MedId.Cli.Documents;
using MedId.Cli.Paths;
using MedId.Cli.Uaf;

namespace MedId.Cli.Frame;

/// <summary>Every verb, in the order of the help.</summary>
internal static class Verbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new PkiValidateVerb(),
        new CrlCheckVerb(),
        new OcspRequestVerb(), new OcspCheckVerb(),
        new JpkiInspectVerb(), new JpkiVerifyVerb(), new JpkiVerifySignInVerb(),
        new HpkiInspectVerb(), new HpkiVerifyVerb(),
        new UafVerifyRegistrationVerb(), new UafVerifyAuthenticationVerb(), new UafVerifyDeregistrationRequestVerb(), new UafInspectVerb(),
        new CmsVerifyVerb(), new XmlVerifyVerb(),
    ];

    public static Verb? Find(string area, string name) =>
        All.FirstOrDefault(v => string.Equals(v.Area, area, StringComparison.Ordinal) && string.Equals(v.Name, name, StringComparison.Ordinal));
}
