namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>How often a field comes, and where its value goes.</summary>
internal enum ProtobufShape
{
    /// <summary>Once; the last one counts.</summary>
    Single,

    /// <summary>Any number of times: an array.</summary>
    List,

    /// <summary>Any number of entries of a text and a value: an object.</summary>
    Map,

    /// <summary>Entries whose value is a message of one list: an object of arrays.</summary>
    MapOfLists,

    /// <summary>Once, and its fields are fields of the message around it.</summary>
    Inline,
}
