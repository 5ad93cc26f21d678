namespace KubeFed.ApiMachinery.Json;

internal enum JsonFault
{
    /// <summary>Not JSON at all; it may be YAML.</summary>
    Syntax,

    /// <summary>JSON, but a member occurs twice or a string holds half a character.</summary>
    Content,

    /// <summary>Larger or deeper than allowed.</summary>
    Limit,
}
