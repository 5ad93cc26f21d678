namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>Ends an evaluation that costs more than it may.</summary>
internal sealed class CelCostException() : Exception(Reason)
{
    public const string Reason = "operation cancelled: actual cost limit exceeded";
}
