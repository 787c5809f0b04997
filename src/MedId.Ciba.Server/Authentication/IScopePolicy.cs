using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Which scopes a client may ask for. What the person grants of them is another question.</summary>
public interface IScopePolicy
{
    /// <summary>Judges one scope.</summary>
    /// <param name="client">The client.</param>
    /// <param name="scope">The scope; well formed.</param>
    /// <param name="resource">The resource asked for; null when none.</param>
    bool IsAllowed(ClientRegistration client, string scope, string? resource);
}
