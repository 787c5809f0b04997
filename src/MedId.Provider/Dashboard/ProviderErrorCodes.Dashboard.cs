namespace MedId.Provider;

public static partial class ProviderErrorCodes
{
    /// <summary>The ticket to the dashboard's page is unknown, or past its end.</summary>
    public const string DashboardTicketUnknown = "provider.dashboard_ticket_unknown";

    /// <summary>The ticket to the dashboard's page was used before.</summary>
    public const string DashboardTicketReplayed = "provider.dashboard_ticket_replayed";

    /// <summary>The session of the dashboard's page is unknown, past its end or signed out, or its device may act no more.</summary>
    public const string DashboardSessionRefused = "provider.dashboard_session_refused";

    /// <summary>The form does not carry the token of this session and act.</summary>
    public const string DashboardFormRefused = "provider.dashboard_form_refused";

    /// <summary>The person never gave this recipient anything.</summary>
    public const string DashboardRecipientUnknown = "provider.dashboard_recipient_unknown";

    /// <summary>The number of lines, the size of the page or the language is outside what is offered.</summary>
    public const string DashboardQueryRefused = "provider.dashboard_query_refused";
}
