using MedId.Cli.Cards;
using MedId.Cli.Ciba;
using MedId.Cli.Consents;
using MedId.Cli.Documents;
using MedId.Cli.Fido2;
using MedId.Cli.Paths;
using MedId.Cli.Scopes;
using MedId.Cli.U2f;
using MedId.Cli.Uaf;

namespace MedId.Cli.Frame;

/// <summary>Every verb, in the order of the help.</summary>
internal static class Verbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Fido2RegistrationVerb(), new Fido2AuthenticationVerb(),
        new U2fRegistrationVerb(), new U2fAuthenticationVerb(),
        new PkiValidateVerb(),
        new CrlCheckVerb(),
        new OcspRequestVerb(), new OcspCheckVerb(),
        new JpkiInspectVerb(), new JpkiVerifyVerb(), new JpkiVerifySignInVerb(),
        new HpkiInspectVerb(), new HpkiVerifyVerb(),
        new UafVerifyRegistrationVerb(), new UafVerifyAuthenticationVerb(), new UafVerifyDeregistrationRequestVerb(), new UafInspectVerb(),
        new CmsVerifyVerb(), new XmlVerifyVerb(),
        new ConsentInspectVerb(), new ConsentConvertVerb(), new ConsentVerifyVerb(), new ConsentCheckVerb(),
        new ScopeParseVerb(), new ScopeCoversVerb(), new ScopeDecideVerb(),
        new CibaRunVerb(),
    ];

    public static Verb? Find(string area, string name) =>
        All.FirstOrDefault(v => string.Equals(v.Area, area, StringComparison.Ordinal) && string.Equals(v.Name, name, StringComparison.Ordinal));
}
