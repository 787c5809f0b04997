using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>What is waited for by <see cref="IChangeSignals"/>. A topic holds opaque ids only.</summary>
public static class ChangeTopics
{
    /// <summary>A request was decided or cancelled.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="requestId">The opaque id.</param>
    public static string Request(TenantId tenant, string requestId) => $"request/{tenant}/{requestId}";

    /// <summary>A message that is due was put into the outbox.</summary>
    /// <param name="tenant">The tenant.</param>
    public static string Outbox(TenantId tenant) => $"outbox/{tenant}";

    /// <summary>A setting was changed.</summary>
    /// <param name="tenant">The tenant.</param>
    public static string Settings(TenantId tenant) => $"settings/{tenant}";
}
