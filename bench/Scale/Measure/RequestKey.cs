namespace KubeFed.Scale.Measure;

/// <summary>What an API server counts requests by, as far as it matters here.</summary>
/// <param name="Verb">As the server names it: POST, PUT, PATCH, APPLY, DELETE, GET, LIST, WATCH.</param>
/// <param name="Resource"><c>plural</c> or <c>plural.group</c>, with <c>/status</c> where it is a subresource.</param>
internal readonly record struct RequestKey(string Verb, string Resource)
{
    /// <summary>Whether the request asks for a change.</summary>
    public bool IsWrite => Verb is "POST" or "PUT" or "PATCH" or "APPLY" or "DELETE" or "DELETECOLLECTION";

    /// <summary>Whether the request asks for nothing but objects, watches aside.</summary>
    public bool IsRead => Verb is "GET" or "LIST";
}
