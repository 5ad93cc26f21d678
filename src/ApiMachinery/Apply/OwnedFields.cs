namespace KubeFed.ApiMachinery.Apply;

/// <summary>One entry of managedFields, read.</summary>
/// <param name="Owner">Who owns the fields.</param>
/// <param name="ApiVersion">The API version that the set is written in.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Time">When the owner last took or changed a field.</param>
internal sealed record OwnedFields(FieldOwner Owner, string ApiVersion, FieldSet Fields, DateTimeOffset? Time)
{
    public long Seconds => Time?.ToUnixTimeSeconds() ?? 0;
}
