using MedId.AspNetCore.Provider;
using MedId.Push.Firebase;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class PushFirebase
{
    public static void Use(IServiceCollection services, byte[] serviceAccountFile)
    {
        #region PushFirebase_Use
        var account = FirebaseServiceAccount.Parse(serviceAccountFile).Value
            ?? throw new InvalidOperationException("The service account file cannot be read.");
        services.AddMedIdProvider(provider => provider.Issuer = "https://op.example")
            .AddPush(s => new FirebaseNotifier(s.GetRequiredService<HttpClient>(), () => account), FirebaseNotifier.Scheme);
        #endregion
    }
}
