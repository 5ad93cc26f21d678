using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Tables;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>A request for a resource that is served, on its way through a handler.</summary>
/// <param name="Http">The HTTP side.</param>
/// <param name="Api">What the chain knows of it.</param>
/// <param name="Resource">For which objects it is.</param>
/// <param name="Time">The clock of ages in Tables.</param>
internal sealed record ResourceRequest(HttpContext Http, ApiRequest Api, ResourceContext Resource, TimeProvider Time)
{
    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Cancellation => Api.Cancellation;

    public TableLayout Layout => Resource.Subresource is "" or "status" ? TableLayout.Of(Resource.Version) : TableLayout.Default;

    /// <summary>The kind of the objects, for messages.</summary>
    public string Kind => Resource.Subresource == "scale" ? "Scale" : Resource.Type.Kind;

    public TableWriter Table(ResponseFormat format) => new(Layout, IncludeObjects.Read(Query), format.MetaVersion, Time);

    /// <summary>
    /// Finds the form in which to answer with an object, or with a list. For writes: a form that the answer cannot have is refused before anything
    /// is written.
    /// </summary>
    /// <exception cref="StatusException">406, or 400 for what a Table should include.</exception>
    public ResponseFormat NegotiateWrite(bool list = false)
    {
        ResponseFormat format = Negotiator.Negotiate(Http);
        switch (format.Shape)
        {
            case ResponseShape.Table:
                _ = IncludeObjects.Read(Query);
                break;
            case ResponseShape.PartialObject when list:
                throw ListResponse.NoList();
            case ResponseShape.PartialObjectList when !list:
                throw ObjectShaper.NoObject();
        }

        return format;
    }

    /// <summary>Reads and decodes the body.</summary>
    public async ValueTask<RequestBody> ReadBodyAsync()
    {
        using PooledBuffer body = await BodyReader.ReadAsync(Http, Cancellation);
        return BodyDecoder.Decode(body.WrittenMemory, Http.Request.ContentType, Kind);
    }

    /// <summary>Sends one object in the form that the client accepts.</summary>
    public ValueTask SendAsync(ResponseFormat format, KubeObject item, int code) =>
        format.Shape == ResponseShape.Object
            ? ResponseWriter.SendJsonAsync(Http, format, code, item.Utf8Json)
            : SendShapedAsync(format, item, code);

    private async ValueTask SendShapedAsync(ResponseFormat format, KubeObject item, int code)
    {
        using var buffer = new PooledBuffer();
        ObjectShaper.Write(buffer, item, this, format);
        await ResponseWriter.SendJsonAsync(Http, format, code, buffer.WrittenMemory);
    }
}
