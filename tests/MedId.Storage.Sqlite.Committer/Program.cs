using System.Globalization;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Storage.Sqlite;

// Commits tickets until it is killed, and says of each that it was acknowledged. The key is synthetic and known to the test.
var key = new FieldKey("test", new byte[FieldKey.Length]);
await using var store = SqliteProviderStore.Open(new() { Path = args[0], Cipher = tenant => new FieldCipher(tenant.Value, key) });
await using var output = Console.OpenStandardOutput();
for (var number = int.Parse(args[1], CultureInfo.InvariantCulture); ; number++)
{
    await store.AddTicketAsync(new EnrolmentTicket
    {
        Tenant = TenantId.Single,
        Digest = number.ToString(CultureInfo.InvariantCulture),
        AccountId = "synthetic",
        ExpiresAt = DateTimeOffset.MaxValue,
    });
    await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\n"));
    await output.FlushAsync();
}
