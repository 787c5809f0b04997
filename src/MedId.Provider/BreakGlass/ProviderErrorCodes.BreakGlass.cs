namespace MedId.Provider;

/// <content>Breaking the glass.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>Scope <c>btg</c> is asked for without a reason.</summary>
    public const string BreakGlassReasonMissing = "provider.break_glass_reason_missing";

    /// <summary>A reason is given without asking for scope <c>btg</c>.</summary>
    public const string BreakGlassScopeMissing = "provider.break_glass_scope_missing";

    /// <summary>This OP does not let the glass be broken, or the request takes no class that says so.</summary>
    public const string BreakGlassNotOffered = "provider.break_glass_not_offered";

    /// <summary>The client may not break the glass.</summary>
    public const string BreakGlassClientRefused = "provider.break_glass_client_refused";

    /// <summary>The doctor's role may not break the glass.</summary>
    public const string BreakGlassRoleRefused = "provider.break_glass_role_refused";

    /// <summary>The purpose is no emergency.</summary>
    public const string BreakGlassPurposeRefused = "provider.break_glass_purpose_refused";

    /// <summary>The reason's code is not on the OP's list.</summary>
    public const string BreakGlassReasonUnknown = "provider.break_glass_reason_unknown";

    /// <summary>Nothing that is asked for may be opened this way, or a longer access is asked for beside it.</summary>
    public const string BreakGlassScopeRefused = "provider.break_glass_scope_refused";

    /// <summary>The doctor broke the glass as often as allowed within the window.</summary>
    public const string BreakGlassLimitReached = "provider.break_glass_limit_reached";
}
