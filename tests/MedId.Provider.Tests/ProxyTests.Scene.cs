using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <content>A parent, a child and everybody around them.</content>
public sealed partial class ProxyTests
{
    private sealed class Scene(ProviderWorld world)
    {
        public ProviderWorld World => world;

        public SoftwareUafAuthenticator Phone { get; private set; } = null!;

        public string? ParentHandle { get; private set; }

        public string? ChildHandle { get; private set; }

        public ProxyDesk Desk { get; } = new(world.Store, world.Options, new(world.Store, world, [], world.Time), world.Time);

        public ProxyRelations Relations { get; } = new(world.Store, world.Options, world.Acts, new(world.Store, world, [], world.Time), world.Time);

        public static async Task<Scene> StartAsync(bool childHasPhone = false, Action<ProxyOptions>? configure = null, string language = "ja")
        {
            var world = await ProviderWorld.WithAccountAsync(options =>
            {
                options.Proxies = new();
                configure?.Invoke(options.Proxies);
            });
            var scene = new Scene(world);
            if (childHasPhone)
            {
                scene.ChildHandle = (await world.EnrolAsync()).Value!.Token;
            }

            scene.Phone = await scene.EnrolAsync(Parent, "http://127.0.0.1:5999/parent", language);
            return scene;
        }

        public async Task<SoftwareUafAuthenticator> EnrolAsync(string account, string push, string language = "ja")
        {
            await world.Store.PutAccountAsync(new()
            {
                Tenant = TenantId.Single,
                Id = account,
                HintDigests = [],
                Patients = new Dictionary<string, string>(StringComparer.Ordinal),
                Language = language,
                ProofedAt = ProviderWorld.Start,
            });
            var phone = new SoftwareUafAuthenticator(world.Model);
            var ticket = (await world.Desk.IssueTicketAsync(account, ProviderWorld.Proofed)).Value!;
            var act = await world.Acts.BeginEnrolmentAsync(ticket, push);
            ParentHandle = (await world.Acts.CompleteAsync(phone.Register(act.Value!.UafRequest, ProviderWorld.Facet), ticket)).Value!.Token;
            return phone;
        }

        public ValueTask<MedIdResult<ProxyRelation>> RegisterAsync(Func<ProxyOrder, ProxyOrder>? change = null)
        {
            var order = new ProxyOrder
            {
                Patient = Child,
                Proxy = Parent,
                Relationship = ProxyRelationship.Parent,
                PatientName = "架空 花子",
                ProxyName = "架空 太郎",
                Evidence = [new("family-register", "架空市", Digest)],
                LegalBasis = "parental-authority",
                Scopes = ["patient/*.rs"],
                Purposes = ["TREAT"],
                ValidUntil = ProviderWorld.Start.AddDays(365),
                BornOn = BornOn,
            };
            return Desk.RegisterAsync(change is null ? order : change(order), Clerk);
        }

        public async Task<CibaRequest> OpenAsync()
        {
            var request = await world.OpenRequestAsync();
            await world.Opener.NotifyAsync(request);
            return request;
        }

        public async Task<string> ProveAsync(CibaRequest request)
        {
            var act = await world.Acts.BeginOpenAsync(request.Id);
            return (await world.Acts.CompleteAsync(Phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null)).Value!.Token!;
        }

        public async Task<MedIdResult<ActOutcome>> ConsentAsync(CibaRequest request, params string[] granted)
        {
            var token = await ProveAsync(request);
            var act = await world.Requests.ChooseAsync(token, request.Id, confirmed: true, granted.Length > 0 ? granted : [ProviderWorld.Basic, ProviderWorld.Medication]);
            return await world.Acts.CompleteAsync(Phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null);
        }

        public async Task<MedIdResult<ActOutcome>> SignInAsync(SoftwareUafAuthenticator phone, string handle)
        {
            var act = await world.Acts.BeginSignInAsync(handle);
            return await world.Acts.CompleteAsync(phone.Authenticate(act.Value!.UafRequest, ProviderWorld.Facet), ticket: null);
        }
    }
}
