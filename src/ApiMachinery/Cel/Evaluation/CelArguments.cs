using System.Runtime.CompilerServices;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>The arguments of a call, on the stack.</summary>
[InlineArray(Capacity)]
internal struct CelArguments
{
    public const int Capacity = 4;

    private CelValue _first;
}
