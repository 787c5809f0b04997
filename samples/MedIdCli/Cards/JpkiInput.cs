using MedId.Cli.Frame;
using MedId.Jpki.Certificates;
using MedId.Pki;

namespace MedId.Cli.Cards;

/// <summary>The members that JPKI's verbs share.</summary>
internal static class JpkiInput
{
    /// <summary>Without a standing the run is somebody's own test, which needs no certification.</summary>
    public static JpkiVerifierPolicy Policy(CallInput input, CommonInput common, IReadOnlyList<TrustAnchor> anchors)
    {
        var rules = JpkiStandingTable.Default.Rules;
        var standing = input.OptionalChoice<JpkiStanding>("standing", [.. rules.Select(r => (r.Name, r.Standing))]) ?? JpkiStanding.OwnTest;
        return new(standing)
        {
            Anchors = anchors,
            Revocation = PkiInput.Revocation(input.OptionalObject("revocation")) ?? throw input.Missing("revocation"),
            Algorithms = common.Algorithms,
            DangerouslyAcceptTestHierarchy = input.Flag("allowTestHierarchy"),
            AcceptLaterEvidence = input.Flag("acceptLaterEvidence"),
            Explain = common.Explain,
        };
    }

    public static ApplicationForm? Form(CallInput? form) => form is null ? null : new()
    {
        Name = form.OptionalText("name"),
        Address = form.OptionalText("address"),
        Gender = form.OptionalChoice<JpkiGender>("gender", ("male", JpkiGender.Male), ("female", JpkiGender.Female), ("unknown", JpkiGender.Unknown)),
        BirthDate = form.OptionalDate("birthDate"),
    };
}
