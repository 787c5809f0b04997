using MedId.AspNetCore.Provider;
using MedId.Fido.Uaf;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class TestingLab
{
    public static WebApplication Build(WebApplicationBuilder builder, Action<MedIdProviderBuilder> configureTheRest)
    {
        #region Testing_Lab
        var lab = new MedIdLab { FacetId = "android:apk-key-hash-sha256:LAB" };
        var provider = builder.Services.AddMedIdProvider(options => options.Issuer = "http://127.0.0.1:5001")
            .AddUaf(new UafMetadataSet(lab.MetadataStatements), UafPolicy.ForModels([.. lab.MetadataStatements.Select(model => model.Aaid)]), lab.FacetId);
        configureTheRest(provider);
        builder.Services.AddMedIdLab(lab);                               // last: it wraps what is registered

        var app = builder.Build();
        app.MapMedIdProvider();
        app.MapMedIdLab();                                               // refused on anything but loopback
        #endregion
        return app;
    }
}
