using MedId.Cli.Cards;
using MedId.Cli.Documents;
using MedId.Cli.Paths;

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
        new CmsVerifyVerb(), new XmlVerifyVerb(),
    ];

    public static Verb? Find(string area, string name) =>
        All.FirstOrDefault(v => string.Equals(v.Area, area, StringComparison.Ordinal) && string.Equals(v.Name, name, StringComparison.Ordinal));
}
