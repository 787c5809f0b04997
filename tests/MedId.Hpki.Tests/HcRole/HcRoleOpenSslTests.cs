using System.Diagnostics;
using MedId.Hpki;

namespace MedId.Hpki.Tests;

/// <summary>The openssl command writes hcRole from a description of its tagging; both have to give the same bytes. Skipped where it is not installed.</summary>
[Trait("Peer", "openssl")]
public class HcRoleOpenSslTests
{
    [Theory]
    [InlineData("Medical Doctor")]
    [InlineData("Pharmacist")]
    [InlineData("Dentist")]
    public async Task Write_SameRole_GivesTheBytesOfOpenSsl(string role)
    {
        var folder = Directory.CreateTempSubdirectory("medid-hcrole-");
        try
        {
            var (description, output) = (Path.Combine(folder.FullName, "hcrole.cnf"), Path.Combine(folder.FullName, "hcrole.der"));
            await File.WriteAllTextAsync(description, $"""
                asn1 = SEQUENCE:attributes
                [attributes]
                a = SEQUENCE:attribute
                [attribute]
                type = OID:{HpkiOids.HealthcareActor}
                values = SET:values
                [values]
                v = SET:actors
                [actors]
                a = SEQUENCE:actor
                [actor]
                coded = EXPLICIT:0,SET:coded
                [coded]
                scheme = EXPLICIT:0,OID:{HpkiOids.NationalQualifications}
                text = EXPLICIT:2,FORMAT:UTF8,UTF8:{role}
                """);
            await RunAsync("asn1parse", "-genconf", description, "-noout", "-out", output);

            var actor = new HcActor { CodingScheme = HpkiOids.NationalQualifications, Text = role };
            Assert.Equal(Convert.ToHexString(await File.ReadAllBytesAsync(output)), Convert.ToHexString(HcRoleAttribute.Write(actor)));
            Assert.Equal(actor, Assert.Single(HcRoleAttribute.Read(await File.ReadAllBytesAsync(output)).Value!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The openssl command is not installed.");
        }

        using (process!)
        {
            var error = await process!.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, error);
        }
    }
}
