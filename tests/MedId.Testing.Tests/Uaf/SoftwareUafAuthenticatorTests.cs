using MedId.Fido.Uaf;
using MedId.Fido.Uaf.Tests;

namespace MedId.Testing.Tests;

public sealed class SoftwareUafAuthenticatorTests
{
    [Theory]
    [InlineData(SoftwareUafAttestation.Surrogate)]
    [InlineData(SoftwareUafAttestation.PinnedCertificate)]
    public void Import_ExportedAuthenticator_GoesOnWhereItWas(SoftwareUafAttestation attestation)
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = attestation });
        var registration = ceremony.Registered();
        var first = Ceremony.Accepted(ceremony.Authenticate(registration));

        var again = SoftwareUafAuthenticator.Import(ceremony.Authenticator.Export());
        Assert.Equal(ceremony.Authenticator.KeyIds, again.KeyIds);
        Assert.Equal(ceremony.Model.MetadataStatement, again.Model.MetadataStatement);
        var request = ceremony.AuthenticationRequest();
        var response = again.Authenticate(request.Json, Ceremony.Facet);
        var second = new UafAuthenticationVerifier().Verify(ceremony.ExpectAuthentication(request, null, registration with { SignCounter = first.SignCounter }), response);
        Assert.Equal(first.SignCounter + 1, Ceremony.Accepted(second).SignCounter);
    }

    [Fact]
    public void Import_ExportedModel_SharesItsAttestation()
    {
        var model = SoftwareUafModel.Create();
        var ceremony = new Ceremony(model);
        var request = ceremony.RegistrationRequest();
        var phone = new SoftwareUafAuthenticator(SoftwareUafModel.Import(model.Export()));
        Ceremony.Accepted(new UafRegistrationVerifier().Verify(ceremony.Expect(request), phone.Register(request.Json, Ceremony.Facet)));
    }

    [Fact]
    public void Authenticate_PolicyNamesAnOlderKey_UsesIt()
    {
        var ceremony = new Ceremony();
        var older = ceremony.Registered();
        ceremony.Registered();
        ceremony.Policy = UafPolicy.ForKeys(older);
        Assert.Equal(older.KeyId, Ceremony.Accepted(ceremony.Authenticate(older)).KeyId);
    }

    [Fact]
    public void Deregister_Key_IsForgotten()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        ceremony.Registered();
        var factory = new UafRequestFactory(Ceremony.AppId);
        ceremony.Authenticator.Deregister(factory.CreateDeregistration(new DeregisterAuthenticator(registration.Aaid, registration.KeyId)).Json);
        Assert.Single(ceremony.Authenticator.KeyIds);
        ceremony.Authenticator.Deregister(factory.CreateDeregistration(DeregisterAuthenticator.Everything).Json);
        Assert.Empty(ceremony.Authenticator.KeyIds);
        Assert.Throws<InvalidOperationException>(() => ceremony.Authenticator.Authenticate(ceremony.AuthenticationRequest().Json, Ceremony.Facet));
    }

    [Fact]
    public void Faults_EachIsRefusedInSomeOperation()
    {
        // What is no fault in one operation is one in the other, except the differences that may be ignored.
        var harmless = new[] { UafFault.None, UafFault.UnknownSkippableTag, UafFault.UnknownNonCriticalExtension, UafFault.ForeignChannel };
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.IssuedOverAuthorities });
        var other = ceremony.RegistrationRequest("other");
        ceremony.Authenticator.Register(other.Json, Ceremony.Facet);
        UafTransaction[] transaction = [UafTransaction.FromText("line")];
        foreach (var fault in Enum.GetValues<UafFault>())
        {
            ceremony.Policy = UafPolicy.ForModels(ceremony.Statement.Aaid);
            var registration = ceremony.Registered();
            var used = registration with { SignCounter = Ceremony.Accepted(ceremony.Authenticate(registration)).SignCounter };
            var accepted = ceremony.Register(fault).Succeeded;
            ceremony.Policy = UafPolicy.ForKeys(used);
            accepted &= ceremony.Authenticate(used, fault, transaction).Succeeded;
            Assert.True(accepted == harmless.Contains(fault), fault.ToString());
        }
    }
}
