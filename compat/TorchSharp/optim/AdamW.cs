using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam with decoupled weight decay. Loshchilov and Hutter 2019.</summary>
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false) => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="AdamW(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>
            /// Adam with decoupled weight decay, with groups of parameters that have options of their own; the arguments hold for what they leave open.
            /// </summary>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay; steps as PyTorch's <c>torch.optim.AdamW</c>.</summary>
    public partial class AdamW : OptimizerHelper, optim.IBetas
    {
        public AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            ArgumentOutOfRangeException.ThrowIfNegative(eps);
            ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
            RequireFraction(beta1, nameof(beta1));
            RequireFraction(beta2, nameof(beta2));
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            foreach (var group in parameters)
                add_param_group(group);
        }

        /// <summary>The decay rates; setting them sets those of all groups.</summary>
        public (double, double) Betas
        {
            get => _parameter_groups is [ParamGroup first, ..] ? first.Betas : throw new InvalidOperationException("The optimiser has no group of parameters.");
            set
            {
                foreach (ParamGroup group in _parameter_groups)
                    group.Betas = value;
            }
        }

        /// <summary>Adds a group; what its options leave open is taken from the optimiser's.</summary>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var standard = (Options)_defaults;
            if (param_group.Options is null)
                param_group.Options = new Options();
            var options = (Options)param_group.Options;
            options.LearningRate ??= standard.LearningRate;
            options.beta1 ??= standard.beta1;
            options.beta2 ??= standard.beta2;
            options.eps ??= standard.eps;
            options.weight_decay ??= standard.weight_decay;
            options.amsgrad ??= standard.amsgrad;
            options.maximize ??= standard.maximize;
            options.InitialLearningRate = options.LearningRate!.Value;
            param_group.Parameters = [.. param_group.Parameters];
            base.add_param_group(param_group);
            foreach (var parameter in param_group.Parameters)
            {
                var state = new State(parameter);
                if (!States.TryAdd(parameter, state))
                    throw new ArgumentException("A parameter is in two groups, or twice in one.", nameof(param_group));
                state.Initialize(options);
            }
        }

        /// <inheritdoc/>
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        /// <summary>Frees the averages.</summary>
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            foreach (var state in States.Values)
                ((State)state).Dispose();
            States.Clear();
        }

        private void Step(ParamGroup group)
        {
            var options = group.Options;
            var (rate, beta1, beta2, epsilon) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.eps!.Value);
            var (keep, maximise, amsgrad) = (1 - rate * options.weight_decay!.Value, options.maximize!.Value, options.amsgrad!.Value);
            foreach (var parameter in group.Parameters)
            {
                // A scope for each parameter, so that the memory of one's temporary serves the next.
                using var scope = NewDisposeScope();
                var gradient = parameter.grad;
                if (gradient is null)
                    continue;
                if (maximise)
                    gradient = -gradient;
                var state = (State)States[parameter];
                state.step++;
                if (keep != 1)
                    Ops.MulScalarInPlace.Run(parameter, keep);
                Ops.MulScalarInPlace.Run(state.exp_avg, beta1);
                Ops.AddTensorInPlace.Run(state.exp_avg, gradient, 1 - beta1);
                Ops.MulScalarInPlace.Run(state.exp_avg_sq, beta2);
                Ops.AddcmulInPlace.Run(state.exp_avg_sq, gradient, gradient, 1 - beta2);
                var square = state.exp_avg_sq;
                if (amsgrad)
                {
                    using var larger = state.max_exp_avg_sq!.maximum(square);
                    state.max_exp_avg_sq.copy_(larger);
                    square = state.max_exp_avg_sq;
                }

                var denominator = square.sqrt();
                Ops.DivScalarInPlace.Run(denominator, Math.Sqrt(1 - Math.Pow(beta2, state.step)));
                Ops.AddScalarInPlace.Run(denominator, epsilon);
                Ops.AddcdivInPlace.Run(parameter, state.exp_avg, denominator, -rate / (1 - Math.Pow(beta1, state.step)));
            }
        }

        private static void RequireFraction(double value, string name)
        {
            if (value is < 0 or >= 1)
                throw new ArgumentOutOfRangeException(name, value, "A number of at least 0 and less than 1 is needed.");
        }
    }
}
