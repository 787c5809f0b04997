using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class ScopeAnnouncementTests
{
    [Fact]
    public void ScopesSupported_OfAServer_AreScopesThatItReadsWithEveryLabelThatItFiltersBy()
    {
        var scopes = new ScopeAnnouncement { OtherScopes = ["openid", "launch/patient"], BreakTheGlass = true }.ScopesSupported();
        Assert.Equal(["openid", "launch/patient", "patient/*.rs", "patient/*.read", "conf/U"], scopes.Take(5));
        Assert.Contains("conf/V", scopes);
        Assert.Contains("sens/HIV", scopes);
        Assert.Contains("btg", scopes);
        Assert.All(scopes, scope => Fhir.Accepted(FhirScope.Parse(scope)));
        Assert.Equal(scopes.Count, scopes.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("btg", new ScopeAnnouncement().ScopesSupported());
        Assert.Throws<ArgumentException>(() => new ScopeAnnouncement { ResourceTypes = ["Nothing"] }.ScopesSupported());
    }

    [Fact]
    public void WriteSmartConfiguration_Members_AreThoseOfTheStandard()
    {
        var announcement = new ScopeAnnouncement { PermissionTypes = [FhirPermissionType.Patient, FhirPermissionType.User], ResourceTypes = ["Observation"], Permissions = FhirPermissions.Read | FhirPermissions.Create };
        var json = Written(writer => announcement.WriteSmartConfiguration(writer, ["sso-openid-connect", "permission-v2"]));
        Assert.Equal(["patient/Observation.cr", "user/Observation.cr"], json.GetProperty("scopes_supported").EnumerateArray().Take(2).Select(scope => scope.GetString()));
        Assert.Equal(
            ["permission-v1", "permission-v2", "permission-patient", "permission-user", "sso-openid-connect"], json.GetProperty("capabilities").EnumerateArray().Select(capability => capability.GetString()));
    }

    [Fact]
    public void WriteCapabilityStatement_Security_SaysSmartOnFhir() => Assert.Equal(
        "SMART-on-FHIR",
        Written(writer => new ScopeAnnouncement().WriteCapabilityStatement(writer)).GetProperty("security").GetProperty("service")[0].GetProperty("coding")[0].GetProperty("code").GetString());

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Fhir.Json(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
