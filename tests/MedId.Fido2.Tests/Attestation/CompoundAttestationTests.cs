using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class CompoundAttestationTests
{
    private const string Format = AttestationFormats.Compound;

    [Fact]
    public void Verify_TwoStatements_ProvesBoth()
    {
        var scene = new AttestationScene();
        var evidence = Accepted(scene.Verify(Format, RawCbor.Array(Tpm(scene), Packed(scene))));

        Assert.Equal(AttestationType.AttCa, evidence.Type);
        Assert.Equal([AttestationFormats.Tpm, AttestationFormats.Packed], evidence.Members.Select(member => member.Format));
        Assert.Empty(evidence.RefusedMembers);
        Assert.Empty(evidence.Path);
        var trust = AttestationVerifier.Judge(evidence, scene.Rules);
        Assert.True(trust.IsTrusted && trust.IsAcceptable);
        Assert.Equal(2, trust.Members.Count);
        Assert.NotNull(trust.Anchor);
    }

    [Fact]
    public void Verify_OtherThanTwoToEightStatements_IsRefused()
    {
        var scene = new AttestationScene();
        var none = Member(AttestationFormats.None, RawCbor.Map());
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array()));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array(none)));
        Accepted(scene.Verify(Format, RawCbor.Array([.. Enumerable.Repeat(none, 8)])));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array([.. Enumerable.Repeat(none, 9)])));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Map()));
    }

    [Fact]
    public void Verify_CompoundInCompound_IsRefused()
    {
        var scene = new AttestationScene();
        var nested = Member(Format, RawCbor.Array(Packed(scene), Packed(scene)));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array(Packed(scene), nested)));
        scene.Policy = scene.Policy with { CompoundMinimum = 1 };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array(Packed(scene), nested)));
    }

    [Fact]
    public void Verify_MemberThatIsNoStatement_IsRefused()
    {
        var scene = new AttestationScene();
        byte[][] members =
        [
            RawCbor.Int(1),
            RawCbor.Map((RawCbor.Text("fmt"), RawCbor.Text("none"))),
            RawCbor.Map((RawCbor.Text("attStmt"), RawCbor.Map())),
            RawCbor.Map((RawCbor.Text("fmt"), RawCbor.Int(1)), (RawCbor.Text("attStmt"), RawCbor.Map())),
            RawCbor.Map((RawCbor.Int(1), RawCbor.Int(1))),
        ];
        Assert.All(members, member => Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array(Packed(scene), member))));
    }

    [Fact]
    public void Verify_MemberThatDoesNotVerify_IsRefusedUnlessPolicyAsksForFewer()
    {
        var scene = new AttestationScene();
        var statement = RawCbor.Array(Packed(scene), Member("unheard-of", RawCbor.Map()), Tpm(scene, b => b.Members["sig"] = RawCbor.Bytes([1])));
        var refused = scene.Verify(Format, statement);
        Refused(Fido2ErrorCodes.AttestationCompoundTooFew, refused);
        Assert.Contains(Fido2ErrorCodes.AttestationFormatUnknown, refused.Error!.Detail, StringComparison.Ordinal);

        scene.Policy = scene.Policy with { CompoundMinimum = 2 };
        Refused(Fido2ErrorCodes.AttestationCompoundTooFew, scene.Verify(Format, statement));

        scene.Policy = scene.Policy with { CompoundMinimum = 1 };
        var evidence = Accepted(scene.Verify(Format, statement));
        Assert.Equal([Fido2ErrorCodes.AttestationFormatUnknown, Fido2ErrorCodes.AttestationSignatureInvalid], evidence.RefusedMembers.Select(error => error.Code));
        Assert.True(AttestationVerifier.Judge(evidence, scene.Rules).IsTrusted);
    }

    [Fact]
    public void Verify_MinimumBelowOne_Throws()
    {
        var scene = new AttestationScene();
        scene.Policy = scene.Policy with { CompoundMinimum = 0 };
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Verify(Format, RawCbor.Array(Packed(scene), Packed(scene))));
    }

    [Fact]
    public void Judge_MemberThatIsNotTrusted_CountsNot()
    {
        var scene = new AttestationScene();
        var statement = RawCbor.Array(Packed(scene), Member(AttestationFormats.None, RawCbor.Map()));

        var trust = scene.Judge(Format, statement);
        Assert.Equal((AttestationTrustStatus.NotTrusted, false, Fido2ErrorCodes.AttestationCompoundTooFew), (trust.Status, trust.IsAcceptable, trust.Reason!.Code));

        scene.Policy = scene.Policy with { AcceptNone = true };
        trust = scene.Judge(Format, statement);
        Assert.Equal((AttestationTrustStatus.NotJudged, true), (trust.Status, trust.IsAcceptable));

        scene.Policy = scene.Policy with { AcceptNone = false, CompoundMinimum = 1 };
        Assert.True(scene.Judge(Format, statement).IsTrusted);
    }

    private static byte[] Member(string format, byte[] statement) => RawCbor.Map((RawCbor.Text("fmt"), RawCbor.Text(format)), (RawCbor.Text("attStmt"), statement));

    private static byte[] Packed(AttestationScene scene)
    {
        var fixture = new PackedFixture();
        Assert.Equal(scene.ToBeSigned, fixture.Scene.ToBeSigned);
        return Member(AttestationFormats.Packed, fixture.Full());
    }

    private static byte[] Tpm(AttestationScene scene, Action<TpmFixture>? change = null)
    {
        var fixture = new TpmFixture { Scene = scene };
        change?.Invoke(fixture);
        return Member(AttestationFormats.Tpm, fixture.Statement());
    }
}
