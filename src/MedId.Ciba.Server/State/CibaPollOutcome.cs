namespace MedId.Ciba.Server;

/// <summary>What a poll hears (CIBA §11).</summary>
public enum CibaPollOutcome
{
    /// <summary>No such request for this client: invalid_grant.</summary>
    Unknown,

    /// <summary>Redeemed before: invalid_grant.</summary>
    Used,

    /// <summary>expired_token.</summary>
    Expired,

    /// <summary>access_denied.</summary>
    Denied,

    /// <summary>slow_down; the interval grew for good.</summary>
    SlowDown,

    /// <summary>invalid_request: continual fast polling; this auth_req_id is not answered any more.</summary>
    PolledTooOften,

    /// <summary>authorization_pending.</summary>
    Pending,

    /// <summary>Approved: tokens can be made and the request redeemed.</summary>
    Approved,
}
