using System.Text.Json.Nodes;
using MedId.Fido2;

namespace MedId.Testing.Tests;

/// <summary>Each fault of the authenticator is answered with exactly its code, in every format that it concerns; what is no fault is accepted.</summary>
public class VirtualFido2FaultTests
{
    public static TheoryData<Fido2Fault, VirtualFido2Format> Registrations
    {
        get
        {
            var data = new TheoryData<Fido2Fault, VirtualFido2Format>();
            foreach (var fault in Enum.GetValues<Fido2Fault>().Where(Fido2FaultScope.ConcernsCreation))
            {
                foreach (var format in Enum.GetValues<VirtualFido2Format>().Where(format => Fido2FaultScope.Concerns(fault, format)))
                {
                    // No U2F authenticator makes another algorithm.
                    if (fault != Fido2Fault.AlgorithmNotOffered || format != VirtualFido2Format.FidoU2f)
                    {
                        data.Add(fault, format);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<Fido2Fault> Authentications => [.. Enum.GetValues<Fido2Fault>().Where(Fido2FaultScope.ConcernsRequest)];

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Create_WithFault_IsAnsweredWithItsCode(Fido2Fault fault, VirtualFido2Format format)
    {
        var ceremony = new LabCeremony(new() { Format = format })
        {
            Algorithm = fault is Fido2Fault.RsaExponentOne or Fido2Fault.RsaShortModulus ? -257 : -7,
            Attestation = format == VirtualFido2Format.None ? "none" : "direct",
        };
        ceremony.Rules = ceremony.Rules with { RequireTeeForAndroidKey = true };

        var result = ceremony.Register(fault);

        Assert.Equal(TestFaultCodes.CodeOf(fault, format), result.Error?.Code);
        if (result.Succeeded)
        {
            // A compound is trusted when each of its parts is, and self attestation never is.
            Assert.Equal(format is not (VirtualFido2Format.None or VirtualFido2Format.PackedSelf or VirtualFido2Format.Compound), result.Evidence.Trust.IsTrusted);
            Assert.DoesNotContain(result.Steps, step => step.Outcome == StepOutcome.Failed);
        }
        else
        {
            Assert.Equal(result.Error.Code, Assert.Single(result.Steps, step => step.Outcome == StepOutcome.Failed).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Authentications))]
    public void Get_WithFault_IsAnsweredWithItsCode(Fido2Fault fault)
    {
        var ceremony = new LabCeremony();
        var credential = ceremony.Registered();

        // Another account on the same authenticator, and one sign-in before, so that the counter can stand still.
        ceremony.Authenticator.Create(RelyingParty.Creation(RelyingParty.Challenge()).ToJsonString(), RelyingParty.Client);
        credential = ceremony.SignIn(credential).Evidence!.Update();
        if (fault == Fido2Fault.AppIdInsteadOfRpId)
        {
            ceremony.Extensions = new JsonObject { ["appid"] = LabCeremony.AppId };
            ceremony.Authentication = expectations => expectations with { AppId = LabCeremony.AppId };
        }

        var result = ceremony.SignIn(credential, fault);

        Assert.Equal(TestFaultCodes.CodeOf(fault), result.Error?.Code);
        Assert.Equal(result.Succeeded ? 0 : 1, result.Steps.Count(step => step.Outcome == StepOutcome.Failed));
    }

    [Fact]
    public void Faults_EachIsInOneCeremonyAtLeastAndChangesSomething()
    {
        var faults = Enum.GetValues<Fido2Fault>();
        Assert.All(faults, fault => Assert.True(Fido2FaultScope.ConcernsCreation(fault) || Fido2FaultScope.ConcernsRequest(fault), fault.ToString()));

        // Those that are no fault say so where they are named.
        Fido2Fault[] harmless =
        [
            Fido2Fault.None, Fido2Fault.ClientDataByteOrderMark, Fido2Fault.ClientDataOtherOrder, Fido2Fault.ClientDataUnknownMember, Fido2Fault.ClientDataTokenBinding, Fido2Fault.UnknownFlags,
            Fido2Fault.AttestationObjectIndefinite, Fido2Fault.UnsolicitedExtensions,
        ];
        Assert.Equal(harmless, faults.Where(fault => TestFaultCodes.CodeOf(fault, VirtualFido2Format.Packed) is null && TestFaultCodes.CodeOf(fault) is null));
        Assert.True(faults.Length - harmless.Length >= 60);
    }

    [Fact]
    public void Faults_OfTheOtherCeremonyOrFormat_AreNotTaken()
    {
        var ceremony = new LabCeremony();
        Assert.Throws<ArgumentException>(() => ceremony.Register(Fido2Fault.CounterReset));
        Assert.Throws<ArgumentException>(() => ceremony.Register(Fido2Fault.TpmOtherMagic));
        ceremony.Attestation = "none";
        Assert.Throws<ArgumentException>(() => ceremony.Register(Fido2Fault.AttestationTamperedSignature));
        var credential = ceremony.Registered();
        Assert.Throws<ArgumentException>(() => ceremony.SignIn(credential, Fido2Fault.PackedEcdaa));
    }

    [Theory]
    [InlineData(Fido2Fault.AndroidKeyWithoutOrigin)]
    [InlineData(Fido2Fault.AndroidKeyWithoutPurpose)]
    public void AndroidKey_ThatDoesNotSay_IsAcceptedWhereTheTrustedEnvironmentNeedNotVouch(Fido2Fault fault) =>
        Assert.True(new LabCeremony(new() { Format = VirtualFido2Format.AndroidKey }).Register(fault).Succeeded);
}
