using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>The backchannel authentication endpoint (CIBA Core §7).</summary>
public sealed class BackchannelAuthenticationEndpoint
{
    private readonly ClientAuthenticator _clients;
    private readonly BackchannelRequestReader _reader;
    private readonly UserIdentification _users;
    private readonly IBackchannelRequestHandler _handler;
    private readonly ICibaRequestStore _store;
    private readonly CibaOptions _options;
    private readonly string _endpoint;
    private readonly TimeProvider _time;
    private readonly IBackchannelAudit? _audit;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="clients">Authenticates.</param>
    /// <param name="reader">Reads the request.</param>
    /// <param name="users">Finds the person.</param>
    /// <param name="handler">The OP's own rules, the notice, the notification.</param>
    /// <param name="store">The requests.</param>
    /// <param name="server">The issuer.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="audit">Records refusals before they leave; null: nobody does.</param>
    /// <exception cref="ArgumentException">The options do not stand.</exception>
    public BackchannelAuthenticationEndpoint(
        ClientAuthenticator clients,
        BackchannelRequestReader reader,
        UserIdentification users,
        IBackchannelRequestHandler handler,
        ICibaRequestStore store,
        OAuthServerOptions server,
        CibaOptions options,
        TimeProvider? time = null,
        IBackchannelAudit? audit = null)
    {
        CibaOptions.ThrowIfWrong(options, server);
        _clients = clients;
        _reader = reader;
        _users = users;
        _handler = handler;
        _store = store;
        _options = options;
        _endpoint = options.EndpointOf(server);
        _time = time ?? TimeProvider.System;
        _audit = audit;
    }

    /// <summary>Answers an authentication request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(OAuthRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var read = new Reading();
        var answer = await JudgeAsync(request, read, cancellationToken).ConfigureAwait(false);

        // Whoever is not authenticated has no line: a trail that strangers can fill is no trail.
        if (_audit is not null && answer is { Error: { } error, ClientId: { } refused })
        {
            await _audit.RefusedAsync(
                new()
                {
                    Tenant = request.Tenant,
                    ClientId = refused,
                    Scopes = read.Parameters?.Scopes ?? [],
                    Resource = read.Parameters?.Resource,
                    AccountId = read.AccountId,
                    Error = error,
                    At = _time.GetUtcNow(),
                },
                cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    private async ValueTask<OAuthAnswer> JudgeAsync(OAuthRequest request, Reading read, CancellationToken cancellationToken)
    {
        // §7.2 step 1: the client, by its registered method; then whether it may use CIBA here at all.
        var client = await _clients.AuthenticateAsync(request, _endpoint, cancellationToken).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        var clientId = client.Value.ClientId;
        if (RefuseClient(client.Value) is { } foreign)
        {
            return Refuse(foreign, clientId);
        }

        // Steps 2, 3 and 6: the signed request, the parameters.
        var now = _time.GetUtcNow();
        var parameters = await _reader.ReadAsync(request, client.Value, now, cancellationToken).ConfigureAwait(false);
        if (!parameters.Succeeded)
        {
            return Refuse(parameters.Error, clientId);
        }

        read.Parameters = parameters.Value;

        // Steps 4 and 5: the person, and their user code.
        var account = await _users.FindAsync(request.Tenant, client.Value, parameters.Value, now, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return Refuse(account.Error, clientId);
        }

        read.AccountId = account.Value;

        // What CIBA leaves to the OP: who asks in whose name, what will be shown.
        var expiry = parameters.Value.RequestedExpiry ?? _options.DefaultExpiry;
        var validated = new ValidatedBackchannelRequest
        {
            Tenant = request.Tenant,
            Id = SecretGenerator.Base64Url(),
            Client = client.Value,
            AccountId = account.Value,
            CreatedAt = now,
            ExpiresAt = now + (expiry < _options.MaximumExpiry ? expiry : _options.MaximumExpiry),
            Parameters = parameters.Value,
        };
        var decision = await _handler.OpenAsync(validated, cancellationToken).ConfigureAwait(false);
        return decision.Refusal is { } refusal
            ? OAuthAnswer.Refused(refusal, clientId)
            : await StoreAsync(validated, decision.Context, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<OAuthAnswer> StoreAsync(ValidatedBackchannelRequest validated, string? context, CancellationToken cancellationToken)
    {
        var authReqId = AuthReqId.Create();
        var parameters = validated.Parameters;
        var mode = DeliveryModes.Parse(validated.Client.Metadata.BackchannelTokenDeliveryMode)!.Value;
        var request = new CibaRequest
        {
            Tenant = validated.Tenant,
            Id = validated.Id,
            AuthReqIdDigest = AuthReqId.Digest(authReqId),
            ClientId = validated.Client.ClientId,
            Subject = validated.AccountId,
            Scopes = parameters.Scopes,
            Resource = parameters.Resource,
            AcrValues = parameters.AcrValues,
            BindingMessage = parameters.BindingMessage,
            AuthorizationDetails = parameters.AuthorizationDetails,
            DeliveryMode = mode,
            NotificationToken = parameters.NotificationToken,
            AuthReqId = mode == CibaDeliveryMode.Poll ? null : authReqId,
            CreatedAt = validated.CreatedAt,
            ExpiresAt = validated.ExpiresAt,
            Interval = _options.Interval,
            FirstInterval = _options.Interval,
            NextPollAt = validated.CreatedAt,
            Context = context,
        };
        if (await _store.AddRequestAsync(request, _options.MaxPendingOfSubject, cancellationToken).ConfigureAwait(false) == CibaAddOutcome.TooManyPending)
        {
            return Refuse(new(CibaErrorCodes.TooManyPending, ErrorCategory.Policy, "CIBA Core §7.1.2"), request.ClientId);
        }

        // §7.3: the request stands from here on, whatever becomes of the notification.
        var warning = await NotifyAsync(request, cancellationToken).ConfigureAwait(false);
        return OAuthAnswer.Json(Acknowledge(authReqId, request), request.ClientId) with { Warning = warning };
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A request that is stored stands, whatever the way to the device threw.")]
    private async ValueTask<MedIdError?> NotifyAsync(CibaRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await _handler.NotifyAsync(request, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(CibaErrorCodes.NotificationFailed, ErrorCategory.State, "CIBA Core §7.3", e.GetType().Name);
        }
    }

    private MedIdError? RefuseClient(ClientRegistration client)
    {
        // §4: a client that comes to the token endpoint is registered for the grant type; one that is pushed to need not be.
        var mode = DeliveryModes.Parse(client.Metadata.BackchannelTokenDeliveryMode);
        if (mode is null || client.IsResourceServer || (mode != CibaDeliveryMode.Push && !client.HasGrantType(GrantTypes.Ciba)))
        {
            return new(CibaErrorCodes.ClientNotRegistered, ErrorCategory.Policy, "CIBA Core §4");
        }

        return _options.DeliveryModes.Contains(mode.Value)
            ? null
            : new(CibaErrorCodes.DeliveryModeUnsupported, ErrorCategory.Unsupported, "CIBA Core §5");
    }

    /// <summary>§7.3: <c>expires_in</c> is the truth, also where the client asked for something else.</summary>
    private static byte[] Acknowledge(string authReqId, CibaRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(160);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("auth_req_id"u8, authReqId);
            writer.WriteNumber("expires_in"u8, (long)(request.ExpiresAt - request.CreatedAt).TotalSeconds);

            // Who is pushed to has nothing to ask, and so no interval.
            if (request.DeliveryMode != CibaDeliveryMode.Push)
            {
                writer.WriteNumber("interval"u8, (long)request.Interval.TotalSeconds);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static OAuthAnswer Refuse(MedIdError error, string clientId) => OAuthAnswer.Refused(CibaRefusals.Of(error), clientId);

    /// <summary>How far a request was read when it was refused.</summary>
    private sealed class Reading
    {
        public BackchannelParameters? Parameters { get; set; }

        public string? AccountId { get; set; }
    }
}
