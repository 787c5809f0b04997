namespace MedId.Provider;

/// <content>The audit trail.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>Not an audit entry in canonical form.</summary>
    public const string AuditMalformed = "provider.audit_malformed";

    /// <summary>An entry or a head of another tenant's trail.</summary>
    public const string AuditForeign = "provider.audit_foreign";

    /// <summary>An entry is missing, or is not in its place.</summary>
    public const string AuditOrder = "provider.audit_order";

    /// <summary>An entry is not the one that its successor was linked to.</summary>
    public const string AuditRewritten = "provider.audit_rewritten";

    /// <summary>Fewer entries than the head that was kept counts.</summary>
    public const string AuditTruncated = "provider.audit_truncated";

    /// <summary>The entries are linked, and do not end in the head that was kept.</summary>
    public const string AuditForked = "provider.audit_forked";
}
